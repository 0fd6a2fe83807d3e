"""Section (b) of the law file: the figures."""

from datetime import date

AF_TERM_DAYS = 365
CIMT_YEARS = 5
CA_MISD_364 = date(2015, 1, 1)
LUJAN_CUTOFF = date(2011, 7, 14)
SENT_MOD = date(2019, 10, 25)
GMC_YEARS, GMC_SPOUSE_YEARS = 5, 3
CONFINED_DAYS = 180
AF_NATZ = date(1990, 11, 29)
LPR_ABSENCE_DAYS = 180
PETTY_DAYS = 180
"""Six months in days: the shorter count, because the exception is a comfort."""
AGG_5Y_DAYS = 5 * 365
"""Five years in days, leap days left out: the count that raises the risk sooner."""
PSC_WH_DAYS = 5 * 365
LPR_CANCEL_YEARS, LPR_RESIDENCE_YEARS = 5, 7
DACA_CUSTODY_DAYS = 90
W_1203_4A_YEARS = 1
W_1203_41_SPLIT_YEARS, W_1203_41_STRAIGHT_YEARS, W_1203_41_PRISON_YEARS = 1, 2, 2
W_1203_42_YEARS = 2
REALIGNMENT = date(2011, 10, 1)
AUTO_FELONY_YEARS, AUTO_FELONY_SINCE = 4, date(2005, 1, 1)
AUTO_NO_PROBATION_YEARS, AUTO_SINCE = 1, date(1973, 1, 1)
DEFERRED_ENTRY_FIRST, DEFERRED_ENTRY_LAST = date(1997, 1, 1), date(2017, 12, 31)
CUSTODY_365_DAYS = 365

DAYS = (
    CA_MISD_364,
    LUJAN_CUTOFF,
    SENT_MOD,
    AF_NATZ,
    REALIGNMENT,
    AUTO_FELONY_SINCE,
    AUTO_SINCE,
    DEFERRED_ENTRY_FIRST,
    DEFERRED_ENTRY_LAST,
)
"""Days on which something turns: answers are drawn close to them."""
