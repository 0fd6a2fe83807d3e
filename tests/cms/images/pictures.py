"""Pictures as they are and as they should not be."""

import struct
import zlib
from io import BytesIO

from PIL import Image, PngImagePlugin

PLACE = "SECRETPLACE"
LATITUDE = (37.0, 46.0, 29.0)


def exif(side: int = 1) -> Image.Exif:
    """What a phone writes: which side is up, where it was, whose it is."""
    found = Image.Exif()
    found[0x0112] = side
    found[0x010F] = PLACE
    found[0x9003] = "2026:11:23 10:00:00"
    gps = found.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", LATITUDE, "W", (122.0, 25.0, 9.0)
    return found


def xmp() -> bytes:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{PLACE}</x:xmpmeta>'.encode()


def photo(kind: str, side: int = 1, size: tuple[int, int] = (40, 20), **more) -> bytes:
    """A picture, red on its left half and blue on its right, with all it may carry."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, *size))
    given = {"exif": exif(side), **more}
    if kind == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Author", PLACE)
        words.add_itxt("XML:com.adobe.xmp", xmp().decode())
        given["pnginfo"] = words
    elif kind == "GIF":
        given = {"comment": PLACE.encode(), **more}
    elif kind == "JPEG":
        given |= {"xmp": xmp(), "comment": PLACE.encode(), "quality": 95}
        given["progressive"] = side % 2 == 0
    else:
        given |= {"xmp": xmp()}
    out = BytesIO()
    picture.save(out, kind, **given)
    data = out.getvalue()
    if kind == "JPEG":
        # A film after the picture, as phones add it.
        data += b"ftypmp42" + PLACE.encode()
    return data


def plain(
    kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB"
) -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    sum_ = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + sum_


def png(width: int, height: int, body: bytes = b"") -> bytes:
    """A PNG that says how large it is; its content is what is given."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", body or zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def bomb(side: int) -> bytes:
    """A PNG that is whole: black, and a thousand times as large in memory."""
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(b"\0" * (side + 1)) for _row in range(side))
    return png(side, side, rows + packer.flush())


def gif(width: int, height: int, frames: int = 1) -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0" * 6
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return head + frame * frames + b";"


def webp(width: int, height: int) -> bytes:
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"VP8X" + struct.pack("<I", 10) + b"\0" * 4 + size
    body += b"VP8L" + struct.pack("<I", 8) + b"\x2f" + b"\xff" * 7
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def hostile_exif(body: bytes) -> bytes:
    data = plain("JPEG")
    segment = b"Exif\0\0" + body
    return (
        data[:2]
        + b"\xff\xe1"
        + struct.pack(">H", len(segment) + 2)
        + segment
        + data[2:]
    )


WHOLE = plain()
BAD: dict[str, tuple[str, bytes]] = {
    "nothing": ("a.png", b""),
    "a header and zeros": ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 200),
    "a header alone": ("a.png", b"\x89PNG\r\n\x1a\n"),
    "a truncated PNG": ("a.png", plain(size=(300, 300))[:-100]),
    "half a PNG": ("a.png", photo("PNG")[: len(photo("PNG")) // 2]),
    "a truncated JPEG": ("a.jpg", plain("JPEG", (300, 300))[:600]),
    "a truncated GIF": ("a.gif", plain("GIF", (300, 300))[:200]),
    "a truncated WebP": ("a.webp", plain("WEBP", (300, 300))[:60]),
    "a truncated AVIF": ("a.avif", plain("AVIF", (300, 300))[:200]),
    "a PNG of no size": ("a.png", png(0, 0)),
    "a PNG of no height": ("a.png", png(10, 0)),
    "a bomb of a PNG": ("a.png", png(30_000, 30_000)),
    "a bomb that is whole": ("a.png", bomb(9_000)),
    "a bomb of a GIF": ("a.gif", gif(30_000, 30_000)),
    "a bomb of a WebP": ("a.webp", webp(16_383, 16_383)),
    "a PNG of 2**31": ("a.png", png(2**31 - 1, 2**31 - 1)),
    "a GIF of thousands of frames": ("a.gif", gif(500, 500, 5_000)),
    "a GIF called PNG": ("a.png", plain("GIF")),
    "a PNG called JPEG": ("a.jpg", WHOLE),
    "a text called PNG": ("a.png", b"<svg onload=alert(1)>" * 20),
    "an SVG": ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "a Photoshop file": ("a.png", b"8BPS\0\1" + b"\0" * 100),
    "wrong sums": ("a.png", WHOLE.replace(b"IDAT", b"IDAT\x01\x02")),
    "a broken stream": ("a.png", png(100, 100, b"\x78\x9c\xff\xff\xff\xff")),
    "too many bytes": ("a.png", WHOLE + b"\0" * 10_500_000),
    "no name": (".png", b"x"),
}
#: Odd, and taken.
GOOD: dict[str, tuple[str, bytes]] = {
    "EXIF that points at itself": (
        "a.jpg",
        hostile_exif(b"MM\0*\0\0\0\x08\0\1\x87\x69\0\4\0\0\0\1\0\0\0\x08" + b"\0" * 4),
    ),
    "EXIF that ends": ("a.jpg", hostile_exif(b"II*\0\xff\xff\xff\xff")),
    "EXIF of noise": ("a.jpg", hostile_exif(bytes(range(256)) * 200)),
    "EXIF of entries": (
        "a.jpg",
        hostile_exif(
            b"MM\0*\0\0\0\x08\xff\xff" + b"\x01\x12\0\3\0\0\0\1\0\6\0\0" * 5_000
        ),
    ),
    "a GIF whose frame has a size": ("a.gif", gif(0, 0)),
    "a GIF of some frames": ("a.gif", gif(100, 100, 20)),
    "grey": ("a.png", plain(mode="L")),
    "with palette": ("a.png", plain(mode="P")),
    "CMYK": ("a.jpg", plain("JPEG", mode="CMYK")),
    "WebP": ("a.webp", plain("WEBP")),
    "AVIF": ("a.avif", plain("AVIF")),
    "one pixel": ("a.png", plain(size=(1, 1))),
    "long": ("a.png", plain(size=(20_000, 2))),
}
