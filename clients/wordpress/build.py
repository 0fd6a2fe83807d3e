"""Makes the file that WordPress installs: `build.py FOLDER`, or `make clients`.

The same files give the same bytes. Translations are compiled on the way.
"""

from __future__ import annotations

import re
import struct
import sys
import zipfile
from pathlib import Path

from babel.messages.pofile import read_po

PLUGIN = Path(__file__).parent / "legal-screener"


def build(folder: Path) -> Path:
    """Write the file into `folder`; its name has the version of the plugin."""
    main = (PLUGIN / "legal-screener.php").read_text("utf-8")
    [version] = re.findall(r"^ \* Version: +(\S+)$", main, re.MULTILINE)
    target = folder / f"legal-screener-{version}.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted(PLUGIN.rglob("*")):
            if path.is_file():
                name = path.relative_to(PLUGIN.parent)
                _add(out, str(name), path.read_bytes())
                if path.suffix == ".po":
                    _add(out, str(name.with_suffix(".mo")), _compile(path))
    return target


def _add(out: zipfile.ZipFile, name: str, body: bytes) -> None:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o644 << 16
    out.writestr(entry, body, zipfile.ZIP_DEFLATED)


def _compile(path: Path) -> bytes:
    """Return the translations as WordPress reads them, of the format of GNU gettext.

    It wants the address of a table of hashes, also of an empty one, which Babel and
    `msgfmt.py` leave out.
    """
    with path.open("rb") as file:
        messages = read_po(file)
    texts = {b"": b"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: "}
    texts[b""] += messages.plural_forms.encode() + b"\n"
    for message in messages:
        if message.id and message.string:
            before = f"{message.context}\4" if message.context else ""
            texts[(before + _join(message.id)).encode()] = _join(
                message.string
            ).encode()
    pairs = sorted(texts.items())
    start = 28 + 16 * len(pairs)
    body, tables = b"", []
    for column in (0, 1):
        table = b""
        for pair in pairs:
            table += struct.pack("<II", len(pair[column]), start + len(body))
            body += pair[column] + b"\0"
        tables.append(table)
    head = (0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return struct.pack("<7I", *head) + b"".join(tables) + body


def _join(text: str | tuple[str, ...] | list[str]) -> str:
    return text if isinstance(text, str) else "\0".join(text)


if __name__ == "__main__":
    sys.stdout.write(f"{build(Path(sys.argv[1]))}\n")
