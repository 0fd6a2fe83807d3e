"""Time zones a screener may take its date from."""

from zoneinfo import available_timezones


def time_zones() -> list[tuple[str, str]]:
    """Choices; a function, so that migrations do not hold the list."""
    return [
        (name, name.replace("_", " "))
        for name in sorted(available_timezones())
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/"))
    ]
