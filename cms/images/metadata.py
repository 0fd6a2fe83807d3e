"""Takes out of a picture what its camera wrote about place, time and owner.

Originals are public. The bytes of the picture itself stay as they are; of the rest only
what changes its looks is kept: colour profile, transparency, animation, and which side
is up. Whatever is not known is left out.
"""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

from PIL import Image

ORIENTATION = 0x0112
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = set(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST pHYs sPLT cICP mDCV "
    b"cLLI acTL fcTL fdAT".split()
)
_WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04  # flags of the chunk VP8X
_GIF_KEPT = {b"NETSCAPE2.0", b"ANIMEXTS1.0"}


def strip_metadata(data: bytes) -> bytes:
    """Return `data`, a whole image that Pillow reads, without what is written about it.

    The same object if there was nothing to take out, or if it is no whole picture.
    """
    try:
        return _strip(data)
    except (LookupError, OSError, SyntaxError, ValueError):
        return data


def _strip(data: bytes) -> bytes:
    if data[4:8] == b"ftyp":
        return _save_again(data)
    for mark, strip in _STRIP.items():
        if data.startswith(mark):
            result = strip(data, _make_orientation_exif(data))
            return data if result == data else result
    return data


def _make_orientation_exif(data: bytes) -> bytes:
    """Make EXIF that only says which side is up; empty where it is the top."""
    try:
        with Image.open(BytesIO(data)) as picture:
            side = picture.getexif().get(ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - EXIF may hold anything, and is left out anyway
        side = 1
    if side not in range(2, 9):
        return b""
    exif = Image.Exif()
    exif[ORIENTATION] = side
    return exif.tobytes()


def _jpeg(data: bytes, exif: bytes) -> bytes:
    out = [data[:2]]
    if exif:
        out.append(b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
    place = 2
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            # The picture's own bytes, up to the next mark that is none of theirs.
            end = _find_end_of_scan(data, place)
            out.append(data[place:end])
            place = end
            continue
        mark = data[place + 1]
        if mark == 0xFF:  # filling
            place += 1
            continue
        if mark == 0xD9:
            break
        if mark == 0x01 or 0xD0 <= mark <= 0xD8:  # these have no length
            out.append(data[place : place + 2])
            place += 2
            continue
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        body = data[place + 4 : end]
        profile = mark == 0xE2 and body.startswith(b"ICC_PROFILE\0")
        is_note = 0xE0 <= mark <= 0xEF or mark == 0xFE
        if not is_note or mark in (0xE0, 0xEE) or profile:
            out.append(data[place:end])
        place = end
    # What follows the end is another picture, or the film of it.
    return b"".join([*out, b"\xff\xd9"])


def _find_end_of_scan(data: bytes, place: int) -> int:
    while (place := data.find(b"\xff", place)) >= 0 and place + 1 < len(data):
        if data[place + 1] and not 0xD0 <= data[place + 1] <= 0xD7:
            return place
        place += 2
    return len(data)


def _png(data: bytes, exif: bytes) -> bytes:
    out = [_PNG]
    place = len(_PNG)
    while place + 12 <= len(data):
        end = place + 12 + int.from_bytes(data[place : place + 4], "big")
        kind = data[place + 4 : place + 8]
        if kind in _PNG_KEPT:
            out.append(data[place:end])
        if kind == b"IHDR" and exif:
            out.append(_png_chunk(b"eXIf", exif.removeprefix(b"Exif\0\0")))
        if kind == b"IEND":
            break
        place = end
    return b"".join(out)


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    sum_ = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", sum_)


def _webp(data: bytes, exif: bytes) -> bytes:
    chunks: list[tuple[bytes, bytes]] = []
    place = 12
    while place + 8 <= len(data):
        size = int.from_bytes(data[place + 4 : place + 8], "little")
        body = data[place + 8 : place + 8 + size]
        kind = data[place : place + 4]
        if kind == b"VP8X" and body:
            flags = body[0] & ~(_WEBP_EXIF | _WEBP_XMP)
            body = bytes([flags | (_WEBP_EXIF if exif else 0)]) + body[1:]
        if kind in _WEBP_KEPT:
            chunks.append((kind, body))
        place += 8 + size + size % 2
    if exif and chunks and chunks[0][0] == b"VP8X":
        chunks.append((b"EXIF", exif))
    whole = b"".join(
        kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
        for kind, body in chunks
    )
    return b"RIFF" + struct.pack("<I", len(whole) + 4) + b"WEBP" + whole


def _gif(data: bytes, _exif: bytes) -> bytes:
    place = 13 + _count_colour_bytes(data[10])
    out = [data[:place]]
    while place < len(data) and data[place] != 0x3B:
        start = place
        if data[place] == 0x2C:  # a picture
            place += 10 + _count_colour_bytes(data[place + 9]) + 1
            is_kept = True
        else:
            is_kept = data[place + 1] in (0xF9, 0x01)
            is_kept = is_kept or data[place + 3 : place + 14] in _GIF_KEPT
            place += 2
        place = _skip_blocks(data, place)
        if is_kept:
            out.append(data[start:place])
    return b"".join([*out, b"\x3b"])


def _count_colour_bytes(flags: int) -> int:
    """Return how many bytes a table of colours takes."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _skip_blocks(data: bytes, place: int) -> int:
    """Return where the blocks of a GIF that begin at `place` end; the last has no
    length."""
    while place < len(data):
        size = data[place]
        place += 1 + size
        if not size:
            break
    return place


def _save_again(data: bytes) -> bytes:
    """Make an AVIF anew: its words stand in places that move with the image."""
    with Image.open(BytesIO(data)) as picture:
        known = set(picture.getexif()) - {ORIENTATION}
        if not known and not picture.info.get("xmp"):
            return data
        out = BytesIO()
        picture.save(
            out,
            picture.format,
            quality=90,
            exif=_make_orientation_exif(data),
            icc_profile=picture.info.get("icc_profile"),
            save_all=getattr(picture, "n_frames", 1) > 1,
        )
    return out.getvalue()


_STRIP: dict[bytes, Callable[[bytes, bytes], bytes]] = {
    b"\xff\xd8\xff": _jpeg,
    _PNG: _png,
    b"RIFF": _webp,
    b"GIF8": _gif,
}
