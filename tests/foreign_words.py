"""How words of another language are marked: cases for the server and the browser.

Of a release in English with a Spanish translation.
"""

from __future__ import annotations

from typing import Any

from tests.screening_block import small

WORDS = """
probation
  felony

aggravated   felony
on or about
U.S. (status)
driver's license
"""

#: The language around, HTML, and the same with what is marked in ⟨⟩; alone where
#: nothing is.
CASES: list[tuple[str, ...]] = [
    ("es", "<p>libertad (probation)</p>", "<p>libertad (⟨probation⟩)</p>"),
    ("es", "Un delito grave: FELONY.", "Un delito grave: ⟨FELONY⟩."),
    # The longest first, whatever the order of the list.
    ("es", "un aggravated felony, felony", "un ⟨aggravated felony⟩, ⟨felony⟩"),
    ("es", "<b>on</b> or about, on\nor about", "<b>on</b> or about, ⟨on\nor about⟩"),
    # Whole words alone, in the letters of any language.
    ("es", "felonya xfelony ñfelony felonyó felony2 2felony"),
    ("es", "felony_x felony-felony", "⟨felony⟩_x ⟨felony⟩-⟨felony⟩"),
    # What is listed is a text, no pattern.
    ("es", "En U.S. (status), no en UXSX", "En ⟨U.S. (status)⟩, no en UXSX"),
    # What is escaped stays so.
    ("es", "A &lt;felony&gt; &amp; B", "A &lt;⟨felony⟩&gt; &amp; B"),
    ("es", "su driver's license", "su ⟨driver's license⟩"),
    # Neither in an address, nor where no element may stand.
    (
        "es",
        '<a href="/felony" title="a felony">felony</a>',
        '<a href="/felony" title="a felony">⟨felony⟩</a>',
    ),
    ("es", "<select><option>felony</option></select>"),
    ("es", "<textarea>felony</textarea>"),
    ("es", "<!-- felony --><style>felony {}</style><script>1 < felony</script>"),
    # By the language that is said around it.
    (
        "es",
        '<p lang="en">felony<br> <b>felony</b></p> felony',
        '<p lang="en">felony<br> <b>felony</b></p> ⟨felony⟩',
    ),
    (
        "en",
        '<p>felony</p><p lang="es">felony <i lang="en">felony</i> felony</p>',
        '<p>felony</p><p lang="es">⟨felony⟩ <i lang="en">felony</i> ⟨felony⟩</p>',
    ),
    ("es", '<a hreflang="en">felony</a>', '<a hreflang="en">⟨felony⟩</a>'),
    ("en", "<p>felony</p>"),
    ("fr", "<p>felony</p>"),
]


def expect_marked(case: tuple[str, ...]) -> str:
    return case[-1].replace("⟨", '<span lang="en">').replace("⟩", "</span>")


def with_foreign_words() -> dict[str, Any]:
    """The small release, in Spanish too, with English in brackets."""
    data = small.with_urgent()
    data["texts"]["es"] = {
        "title": "Cuestionario (felony)",
        "at_hand": "Papeles, “on or about”.",
        "foreign_words": WORDS,
        "questions": {
            "status": {
                "label": "¿Está a prueba (probation)?",
                "help": "Un **delito grave (felony)**.",
                "options": {"lpr": "Residente (felony)"},
            },
        },
        "findings": {
            "court_soon": {"heading": "Corte (felony)", "body": "Ver probation."},
        },
    }
    data["texts"]["en"]["questions"]["status"]["help"] = "A **felony**."
    # For the language itself there are none.
    data["texts"]["en"]["foreign_words"] = "court"
    return data
