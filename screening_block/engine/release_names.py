"""What a release is called: its SHA-256, and in short the first digits of it."""

#: The hash of a release, in addresses and wherever it is sent.
HASH_PATTERN = "[0-9a-f]{64}"
_SHORT = 12


def shorten_hash(sha256: str) -> str:
    """Return what people read of the hash of a release."""
    return sha256[:_SHORT]
