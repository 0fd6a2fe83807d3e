"""What the kit's rooms give to Wagtail."""

from .work import hooks  # noqa: F401 - importing them registers them
