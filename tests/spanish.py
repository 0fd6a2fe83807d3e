"""What a Spanish text must keep of its English: numbers, terms, and how open it is.

Whether a sentence says what its English says, no test can tell.
"""

import re
from collections import Counter
from collections.abc import Iterator

#: A word of the English, and what its Spanish must say where it stands.
TERMS = {
    r"\baggravated felon": "delito agravado|delitos agravados",
    r"\bgreen.card": "tarjeta verde|tarjetas verdes",
    r"\bbond\b": "fianza",
    r"\bpardon\b": "[Ii]ndulto",
    r"\bwaiver\b|\bwaive\b": "perdón|perdonar|Exención",
    r"\bexpung": "expungement|limpi|1203",
    r"\bprobation\b": "probation|a prueba",
    r"\bparole\b": "parole|supervisada",
    r"\bmoral turpitude\b": "bajeza moral",
    r"\bconviction": "[Cc]onden",
    r"\bdismiss": "desestim|limpi",
    r"\bmisdemeanor": "delitos? menor",
    r"\bprobably\b": "probablemente",
    r"\busually\b": "normalmente|Normalmente",
    r"\bNever\b": "[Nn]unca",
}
#: What leaves a thing open, what may do so, and both in Spanish.
MAY = r"\b(may|maybe|might|could)\b"
CAN = r"\b(may|maybe|might|could|can|cannot|possible|able|seems?|allows?|lets)\b"
PUEDE = r"\b(pued[ae]n?|podemos|podr?ían?|posible|quizás|parecen?)\b"
INFORMAL = re.compile(r"\b(tú|tu|tus|te|ti|tienes|puedes|debes|eres)\b", re.I)


def numbers(text: str) -> Counter[str]:
    """The numbers that a text names: of laws, days, years, forms."""
    return Counter(re.findall(r"(?<![\w{])\d[\d.]*\d|(?<![\w{.])\d(?![\w])", text))


def breaks_a_term(english: str, spanish: str) -> Iterator[str]:
    """The terms of the English whose Spanish is another word, or is not there."""
    for term, translation in TERMS.items():
        if re.search(term, english) and not re.search(translation, spanish):
            yield term


def is_as_open(english: str, spanish: str) -> bool:
    """Whether the Spanish is neither more certain than the English nor less."""
    least, most = (len(re.findall(words, english, re.I)) for words in (MAY, CAN))
    return least <= len(re.findall(PUEDE, spanish, re.I)) <= most


# How hard it is to read: Szigriszt Pazos, "Sistemas predictivos de legilibilidad del
# mensaje escrito", 1993. Above 65 is quite easy, 55 to 65 is what newspapers have
# (Barrio Cantalejo and others, the scale INFLESZ, 2008).

_VOWELS = re.compile(r"[aeiouáéíóúüy]+", re.I)
_STRONG = re.compile(r"[aeoáéó][aeoáéóíú]|[íú][aeoáéó]", re.I)


def count_syllables(word: str) -> int:
    """Syllables of a Spanish word; a number or an abbreviation is known at sight."""
    if not word.isalpha() or (word.isupper() and len(word) > 1):
        return 1
    word = re.sub(r"([qg])u(?=[eiéí])", r"\1", word.lower())
    word = re.sub(r"y(?=[aeiouáéíóú])", "j", word)
    groups = _VOWELS.findall(word)
    hiatus = sum(
        bool(_STRONG.match(group, place))
        for group in groups
        for place in range(len(group) - 1)
    )
    return max(len(groups) + hiatus, 1)


def split_words(text: str) -> list[str]:
    """The words of a text, without the English in brackets beside them."""
    return re.findall(r"\w[\w.()-]*", re.sub(r" \([^()]{1,60}\)", "", text))


def compute_ease(text: str) -> float:
    """Szigriszt's ease of a text; that of one without words is 100."""
    words = split_words(text)
    if not words:
        return 100.0
    sentences = max(len(re.findall(r"[.!?](?=[\s”]|$)", text)), 1)
    syllables = sum(count_syllables(word.strip(".()-")) for word in words)
    return 206.835 - 62.3 * syllables / len(words) - len(words) / sentences
