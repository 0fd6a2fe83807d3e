"""Time zones a screener may take its date from."""

from functools import cache
from itertools import groupby
from zoneinfo import available_timezones

from django import forms

Zones = tuple[tuple[str, str], ...]


@cache
def time_zones() -> tuple[tuple[str, Zones], ...]:
    """Choices in groups; a function, so that migrations do not hold the list.

    Kept, because reading the machine's list takes longer than drawing most forms.
    """
    names = [
        name.split("/", 1)
        for name in sorted(available_timezones())
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/"))
    ]
    universal = ("UTC", (("UTC", "UTC"),))
    return universal, *(
        (
            region,
            tuple((f"{region}/{p}", p.replace("_", " ")) for _, p in places),
        )
        for region, places in groupby(names, lambda name: name[0])
    )


class ZoneSelect(forms.Select):
    """Django draws each option from two templates: that takes a long list too long."""

    template_name = "screening_block/admin/zones.html"
