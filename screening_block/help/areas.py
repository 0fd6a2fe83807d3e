"""What areas are called. Names of states are the same in every language here."""

from django.utils.translation import gettext as _

_STATES = (
    "al Alabama,ak Alaska,az Arizona,ar Arkansas,ca California,co Colorado,"
    "ct Connecticut,de Delaware,dc District of Columbia,fl Florida,ga Georgia,"
    "hi Hawaii,id Idaho,il Illinois,in Indiana,ia Iowa,ks Kansas,ky Kentucky,"
    "la Louisiana,me Maine,md Maryland,ma Massachusetts,mi Michigan,mn Minnesota,"
    "ms Mississippi,mo Missouri,mt Montana,ne Nebraska,nv Nevada,nh New Hampshire,"
    "nj New Jersey,nm New Mexico,ny New York,nc North Carolina,nd North Dakota,"
    "oh Ohio,ok Oklahoma,or Oregon,pa Pennsylvania,pr Puerto Rico,ri Rhode Island,"
    "sc South Carolina,sd South Dakota,tn Tennessee,tx Texas,ut Utah,vt Vermont,"
    "va Virginia,wa Washington,wv West Virginia,wi Wisconsin,wy Wyoming"
)
STATES = {
    f"us-{code}": name
    for code, _s, name in (pair.partition(" ") for pair in _STATES.split(","))
}


def name_area(code: str) -> str:
    """Return what an area is called: a state, or a whole country."""
    if "-" in code:
        return STATES.get(code, code.upper())
    return _("The whole country")
