from tests.screening_block.conftest import root, screener, small_pack

__all__ = ["root", "screener", "small_pack"]
