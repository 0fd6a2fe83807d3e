"""The fonts of printed documents: which are installed, and what each can print.

None lies in this repository. Packages of the Python index bring fonts for most scripts;
other scripts are looked for where Debian's fonts-noto packages put their fonts. Where
there is none at all, the fonts that every PDF reader has are used: those of Western
Europe.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from unicodedata import category

import uharfbuzz as hb
from fpdf import FPDF
from fpdf.unicode_script import UnicodeScript, get_unicode_script

#: Packages, and where each has its fonts. (Noto's own Arabic letters have their dots as
#: signs apart, which programs that read a PDF take for gaps in the words.)
PACKAGES = {
    "manimgx_fonts": "*.ttf",
    "justmytype_intl_cjk": "fonts/ofl/*/*.ttf",
    "fontpkg_ibm_plex_sans_arabic": "files/*.ttf",
}
FOLDERS = ("/usr/share/fonts/truetype/noto",)
#: "NotoSansHebrew[wght].ttf", "NotoSansHebrew-Bold.ttf"
FILE = re.compile(
    r"(Noto)?(?P<family>Sans[A-Za-z0-9]*|Emoji|IBMPlexSansArabic)"
    r"(?P<weight>\[wght\]|-Regular|-Bold)\.ttf"
)
#: Cut for screens, not for paper.
SCREEN = re.compile(r"(UI|Display|Mono)$")
#: Latin, Greek and Cyrillic: what a document is set in where it can be.
BASE = "Sans"
#: Chinese characters differ by country, and so do their fonts.
HAN = {"zh-hant": "SansTC", "zh-tw": "SansTC", "ja": "SansJP", "ko": "SansKR"}
CHINA = "SansSC"
#: Signs without letters: asked after all scripts.
LAST = ("SansMath", "SansSymbols", "SansSymbols2", "Emoji")


class Face:
    """A family of fonts, regular and bold; `key` is its name in a document."""

    def __init__(self, key: str, files: dict[str, Path]):
        self.key, self.files = key, files

    def __repr__(self) -> str:
        return f"Face({self.key})"

    def _open(self, bold: bool) -> hb.Face:
        wanted = ("[wght]", "-Bold", "-Regular") if bold else ("[wght]", "-Regular")
        weight = next((one for one in wanted if one in self.files), "-Bold")
        return hb.Face(hb.Blob.from_file_path(str(self.files[weight])))

    def __contains__(self, sign: str) -> bool:
        return ord(sign) in self.codes

    @cached_property
    def codes(self) -> Collection[int]:
        """The code points of the signs it can print."""
        return self._open(bold=False).unicodes

    def add(self, pdf: FPDF, bold: bool, signs: Iterable[str], folder: Path) -> None:
        """Add to a document the subset of a font that prints these signs.

        Subset by a library in C first: fpdf2 alone takes seconds.
        """
        face = self._open(bold)
        wanted = hb.SubsetInput()
        wanted.unicode_set.update(map(ord, {" ", *signs}))
        wanted.pin_axis_location(face, "wght", 700 if bold else 400)
        file = folder / f"{self.key}{'-bold' if bold else ''}.ttf"
        file.write_bytes(hb.subset(face, wanted).blob.data)
        pdf.add_font(self.key, "B" if bold else "", file)


class CoreFace(Face):
    """The font of every PDF reader: the signs of Windows' Western code page."""

    KEY = "helvetica"
    ENCODING = "windows-1252"

    def __init__(self) -> None:
        super().__init__(self.KEY, {})

    @cached_property
    def codes(self) -> Collection[int]:
        known = bytes(range(0x20, 0x100)).decode(self.ENCODING, "ignore")
        return frozenset(ord(sign) for sign in known if category(sign) != "Cc")

    def add(self, pdf: FPDF, bold: bool, signs: Iterable[str], folder: Path) -> None:
        pdf.core_fonts_encoding = self.ENCODING
        pdf.set_font(self.key, "B" if bold else "")


def find_faces(locale: str) -> tuple[Face, ...]:
    """Return all families that are installed, in the order they are asked for a sign.

    The first is what a text is set in. Each family occurs once: from a package, or else
    from the system.
    """
    places = [*_package_folders(), *((one, "*.ttf") for one in FOLDERS)]
    found = _families(tuple(places))
    code = locale.lower()
    han = HAN.get(code, HAN.get(code[:2], CHINA))
    order = {BASE: 0, han: 1} | {name: 3 + at for at, name in enumerate(LAST)}
    kept = sorted(found, key=lambda face: (order.get(face.key, 2), face.key))
    return tuple(kept if kept and kept[0].key == BASE else [CoreFace(), *kept])


def _package_folders() -> Iterator[tuple[str, str]]:
    for name, files in PACKAGES.items():
        spec = find_spec(name)
        for place in (spec and spec.submodule_search_locations) or ():
            yield place, files


@cache
def _families(places: tuple[tuple[str, str], ...]) -> tuple[Face, ...]:
    """Return the families in these folders; the first folder that has one wins."""
    found: dict[str, dict[str, Path]] = {}
    for folder, files in places:
        here: dict[str, dict[str, Path]] = {}
        for path in sorted(Path(folder).glob(files)):
            match = FILE.fullmatch(path.name)
            if match and not SCREEN.search(match["family"]):
                here.setdefault(match["family"], {})[match["weight"]] = path
        found = here | found
    return tuple(Face(family, files) for family, files in found.items())


def script_of(sign: str) -> str:
    """Return the name of a sign's script as readers know it; "" for a symbol."""
    if category(sign) in ("Co", "Cn", "Cs"):
        return ""
    script = get_unicode_script(sign)
    if script in (UnicodeScript.COMMON, UnicodeScript.INHERITED, UnicodeScript.UNKNOWN):
        return ""
    return script.name.replace("_", " ").capitalize()
