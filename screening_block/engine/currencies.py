"""Currencies, as ISO 4217 has them: an amount is a whole number of minor units.

How an amount is said: `wording.py`, `wording.js`, `money` in `sentences.*.json`.
"""

#: The currency of an amount that names none.
DEFAULT_CURRENCY = "USD"
#: The digits that minor units have, and the currencies where it is another number.
DIGITS = 2
OTHER_DIGITS = (
    dict.fromkeys(
        (
            *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF"),
            *("UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"),
        ),
        0,
    )
    | dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3)
    | dict.fromkeys(("CLF", "UYW"), 4)
)


def digits_of(currency: str) -> int:
    """Return how many digits the minor unit of a currency has: 2 for USD, 0 for JPY."""
    return OTHER_DIGITS.get(currency, DIGITS)
