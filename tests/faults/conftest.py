"""The small screener and a small site, for faults that need them."""

# ruff: noqa: F401 - fixtures
from tests.cms.conftest import site_rows, small_site
from tests.screening_block.conftest import editor, root, screener, small_pack
