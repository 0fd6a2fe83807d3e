"""How hard a text of the pack is to read, as a school grade (Flesch-Kincaid)."""

import re

NINE_STATES = "California|Arizona|Nevada|Washington|Oregon|Idaho|Montana|Alaska|Hawaii"


def syllables(word: str) -> int:
    """Syllables of an English word, by rule of thumb."""
    if not word.isalpha() or word.isupper():
        return 1  # a number, a statute or an abbreviation is known at sight
    word = word.lower()
    groups = len(re.findall("[aeiouy]+", word))
    groups += len(re.findall("i[ao](?!u)", word.replace("tio", "").replace("cia", "")))
    if re.search("[^aeiouyl]e$|[^aeiouydt]ed$|[^aeiouyscxzgh]es$", word):
        groups -= 1  # silent e
    return max(groups, 1)


def grade(text: str) -> float:
    """The grade of a text; marks are dropped, a placeholder is read as "5 years"."""
    text = re.sub(r"\{[a-z0-9_]+\}", "5 years", text.replace("**", ""))
    text = re.sub(NINE_STATES, "State", text.replace("U.S.", "US"))
    sentences = max(len(re.findall(r"[.!?](?=\s|\"|$)", text)), 1)
    words = re.findall(r"[\w'’().-]*\w", text)
    per_word = sum(syllables(w.strip("().'’")) for w in words) / len(words)
    return 0.39 * len(words) / sentences + 11.8 * per_word - 15.59
