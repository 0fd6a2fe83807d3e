"""How hard an English text is to read, as a US school grade (Flesch-Kincaid).

The formula and its weights are those of Kincaid and others, 1975: 0.39 times the words
a sentence plus 11.8 times the syllables a word, less 15.59. Lists and headings have
no full stops, so that a text without any counts as one sentence.
"""

import re

#: What is known at sight however long it is written.
STATES = re.compile(
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|"
    "Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|"
    "Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|"
    "Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|"
    "Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|"
    "Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming"
)
PLACEHOLDER = re.compile(r"\{[a-z0-9_]+\}")


def count_syllables(word: str) -> int:
    """Count the syllables of an English word, by rule of thumb."""
    if not word.isalpha() or word.isupper():
        return 1  # a number, a statute or an abbreviation is known at sight
    word = word.lower()
    groups = len(re.findall("[aeiouy]+", word))
    groups += len(re.findall("i[ao](?!u)", word.replace("tio", "").replace("cia", "")))
    if re.search("[^aeiouyl]e$|[^aeiouydt]ed$|[^aeiouyscxzgh]es$", word):
        groups -= 1  # silent e
    return max(groups, 1)


def split_words(text: str) -> list[str]:
    """Split a text into words without marks; a placeholder is read as "5 years"."""
    text = PLACEHOLDER.sub("5 years", text.replace("**", ""))
    text = STATES.sub("State", text.replace("U.S.", "US"))
    return re.findall(r"[\w'’().-]*\w", text)


def compute_grade(text: str) -> float:
    """Return the school grade of a text; that of one without words is 0."""
    found = split_words(text)
    if not found:
        return 0.0
    plain = STATES.sub("State", text.replace("U.S.", "US"))
    sentences = max(len(re.findall(r"[.!?](?=\s|\"|$)", plain)), 1)
    per_word = sum(count_syllables(w.strip("().'’")) for w in found) / len(found)
    return 0.39 * len(found) / sentences + 11.8 * per_word - 15.59
