"""The time zones a screener may take its date from."""

from functools import cache
from itertools import groupby
from zoneinfo import available_timezones

from django import forms

Zones = tuple[tuple[str, str], ...]


@cache
def time_zones() -> tuple[tuple[str, Zones], ...]:
    """Return choices in groups; a function, so that migrations do not hold the list.

    Cached, because reading the machine's list takes longer than rendering most forms.
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
    """Renders its options in one template: Django's own are slow for so many."""

    template_name = "screening_block/admin/zones.html"
