"""Find English in a text that is to be in Spanish."""

import re

#: Short words that English sentences cannot do without and Spanish does not have.
_SHORT = """
the and of is are was were be been your you with for that this these those not
have has had may can will would could should or to if it its an by from at as
they their we our who what when where which how why there then than but about
into after before any all some more most only also does do did
"""
WORDS = frozenset(_SHORT.split())
#: Words as they stand on papers, beside the Spanish or named as what to look for.
NAMED = re.compile(r"\([^()]{1,60}\)|“[^“”]{1,40}”")


def find_english(text: str) -> list[str]:
    """Return the English function words of a text, without what stands in brackets or
    quotation marks."""
    rest = NAMED.sub(" ", text)
    return [word for word in re.findall(r"\w+", rest.lower()) if word in WORDS]
