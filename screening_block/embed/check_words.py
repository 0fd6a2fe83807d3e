"""All that the checks of the embed kit say, in the language that is active."""

from typing import Any

from django.utils.translation import get_language, gettext as _

from .check_frame import describe_frame, describe_privacy
from .check_looks import describe_looks, describe_server
from .check_making import describe_making, describe_page
from .check_reasons import describe_reasons

#: By key, in the order in which they are shown.
GROUPS = {
    "page": describe_page,
    "making": describe_making,
    "looks": describe_looks,
    "server": describe_server,
    "frame": describe_frame,
    "privacy": describe_privacy,
}


def list_groups() -> list[dict[str, Any]]:
    """Return the groups of checks: `key`, `name` and `checks`, each with `key`, `name`,
    `proves` and `fix`."""
    ours = _(
        "This is a fault of ours, not of your page, unless a script of yours changed "
        "something: please send us the result below."
    )
    return [
        {
            "key": key,
            "name": name,
            "checks": [
                {"key": check, "name": called, "proves": proves, "fix": fix or ours}
                for check, called, proves, fix in checks
            ],
        }
        for key, (name, checks) in ((key, make()) for key, make in GROUPS.items())
    ]


def build_check_words() -> dict[str, Any]:
    """Return `ui`, `groups` and `reasons`, as the script of the checks takes them."""
    ui = {"lang": get_language() or "en", **_build_ui()}
    return {"ui": ui, "groups": list_groups(), "reasons": describe_reasons()}


def _build_ui() -> dict[str, str]:
    """Return what stands around the list."""
    return {
        "title": _("Checks of this page"),
        "running": _("The checks run …"),
        "again": _("Run the checks again"),
        "json": _("The result for a program (JSON)"),
        "stage": _("What is tried out"),
        "stage_note": _(
            "Each check puts a screener of its own here, and takes it away again. "
            "Screeners elsewhere on the page are not looked into."
        ),
        "waits": _("Not yet"),
        "passed": _("Passed"),
        "failed": _("Failed"),
        "not_possible": _("Not possible here"),
        "proves": _("What it proves:"),
        "fix": _("How to fix it:"),
        "sum": _("{passed} passed, {failed} failed, {not_possible} not possible here"),
    }
