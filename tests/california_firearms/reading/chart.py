"""Section (c) of the law file, with its amendments: the statute chart.

`CHART` maps a row's key to its cells, an empty text for a blank. A blank cell of
`agg_felony` and `violence` is "no", of `also` nothing, of the others unknown.
"""

from __future__ import annotations

import re
from typing import NamedTuple

TABLE = """
PC 25400 | general | | unlikely | | | wobbler
PC 25850 | general | | unlikely | | | wobbler
PC 26350 | other | | unlikely | | |
PC 26400 | other | | unlikely | | |
PC 29800(a)(1) | general | candidate | uncertain | | | state_prison
PC 29805 | general | | | | | wobbler
PC 29815 | general | | | | |
PC 29825 | general | | | | domestic |
PC 29900 | general | candidate | | | | state_prison
PC 29610 | general | | | | |
PC 417(a)(2) | general | | uncertain | | |
PC 417.4 | none | | | | |
PC 245(a)(1) | none | | likely | candidate | | wobbler
PC 245(a)(2) | general | | likely | candidate | | wobbler
PC 246 | general | | likely | no | | wobbler
PC 246.3(a) | general | | uncertain | no | |
PC 422 | none | | likely | candidate | | wobbler
PC 211 | none | | likely | candidate | theft | state_prison
PC 273.5 | none | | likely | candidate | domestic | wobbler
PC 484 | none | | likely | | theft |
PC 626.9 | general | | uncertain | | |
PC 12022(c) | general | | | | drug drug_sale |
PC 30600 | special | candidate | | | sale | county_jail_felony
PC 30605 | special | | unlikely | | | wobbler
PC 30610 | special | | | | |
PC 32625 | other | candidate | | | |
PC 33215 | special | | unlikely | | | wobbler
PC 33410 | other | unknown | | | |
PC 18710 | other | unknown | | | |
PC 26500 | other | candidate | | | sale |
PC 27500 to 27590 | other | candidate | | | sale |
PC 30305(a)(1) | ammunition | candidate | | | |
PC 21310 | none | | | | |
PC 12021(a)(1) (former) | general | candidate | uncertain | | | state_prison
PC 12021(c)(1) (former) | general | | unlikely | | |
PC 12025 (former) | general | | unlikely | | |
PC 12031 (former) | general | | unlikely | | |
PC 12280(b) (former) | special | | | | | wobbler
HS 11350 | none | | | | drug |
HS 11377 | none | | | | drug |
HS 11351 | none | | | | drug drug_sale |
HS 11370.1 | general | | | | drug |
18 USC 922(g)(1) | federal | federal | | | |
18 USC 922(g)(5) | federal | federal | | | |
18 USC 922(o) | federal | federal | | | |
PC 459 | none | | uncertain | | burglary | wobbler
PC 459.5 | none | | likely | | theft |
PC 487 | none | | likely | | theft | wobbler
PC 496(a) | none | | uncertain | | theft | wobbler
VC 23152 | none | | unlikely | | dui |
PC 243(e)(1) | none | | uncertain | | domestic |
PC 273.6 | none | | uncertain | | domestic |
PC 243.4 | none | | likely | | sexual | wobbler
HS 11352 | none | | likely | | drug drug_sale |
HS 11378 | none | | likely | | drug drug_sale |
HS 11379 | none | | likely | | drug drug_sale |
"""


class Row(NamedTuple):
    firearm: str
    agg_felony: str
    cimt: str
    violence: str
    also: str
    term: str


def _row(line: str) -> tuple[str, Row]:
    statute, *cells = (cell.strip() for cell in line.split("|"))
    row = Row(*cells)
    filled = row._replace(
        agg_felony=row.agg_felony or "no", violence=row.violence or "no"
    )
    key = re.sub(r"[^a-z0-9]+", "_", statute.lower()).strip("_")
    return key, filled


CHART = dict(_row(line) for line in TABLE.strip().splitlines())
