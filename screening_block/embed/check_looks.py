"""What is said about the checks of the embed kit: of its looks, and of what goes wrong.

Each is a key, a name, what it proves, and how an integrator fixes it; where that is
empty, the fault is ours. The checks themselves are in `static/screening_block/check/`.
"""

from django.utils.translation import gettext as _

from .check_making import Group


def describe_looks() -> Group:
    return (
        _("How it looks in the page"),
        [
            (
                "letters",
                _("Letters are large enough"),
                _("No text is smaller than 16 pixels as this page draws it."),
                _(
                    "Set --ls-size-… in px or em, not in rem: look for rules of yours "
                    "that name them, and for transform or zoom around the element."
                ),
            ),
            (
                "small-root",
                _("A small root of the page changes nothing"),
                _("The letters stay as they are with html { font-size: 62.5% }."),
                "",
            ),
            (
                "large-root",
                _("A large root of the page changes nothing"),
                _("The letters stay as they are with html { font-size: 200% }."),
                "",
            ),
            (
                "hostile-rules",
                _("Rules for everything do not reach it"),
                _(
                    "* { all: unset !important } and inherited text styles leave its "
                    "inside alone."
                ),
                "",
            ),
            (
                "targets",
                _("Everything to press is large enough"),
                _("Buttons and options are at least 44 pixels high."),
                _("Leave --ls-target as it is, or set it to 44px or more."),
            ),
            (
                "narrow",
                _("It fits 320 pixels"),
                _("On the narrowest phone nothing is cut off."),
                _(
                    "Look for a rule of yours that sets a width, a minimum width or "
                    "white-space around the element."
                ),
            ),
            (
                "page-width",
                _("It fits its place"),
                _("It is no wider than the place in this page."),
                _(
                    "Look for a rule of yours that sets a width, a minimum width or "
                    "white-space around the element."
                ),
            ),
            (
                "right-to-left",
                _("In a page from right to left"),
                _("It keeps the direction of its own language."),
                "",
            ),
            (
                "light",
                _("Readable in light"),
                _(
                    "Letters have a contrast of at least 4.5 to 1 with what is behind "
                    "them."
                ),
                _(
                    "If you set one of the --ls-color-… properties, set the others "
                    "that go with it, for light and for dark."
                ),
            ),
            (
                "dark",
                _("Readable in dark"),
                _(
                    "Letters have a contrast of at least 4.5 to 1 with what is behind "
                    "them."
                ),
                _(
                    "If you set one of the --ls-color-… properties, set the others "
                    "that go with it, for light and for dark."
                ),
            ),
            (
                "seamless",
                _("Readable on the page itself"),
                _(
                    "With the attribute seamless, letters have enough contrast with "
                    "your page."
                ),
                _("Say color-scheme: dark if the page is dark, or leave seamless out."),
            ),
            (
                "forced-colors",
                _("Visible in forced colours"),
                _("With the colours of the system every button has an edge."),
                "",
            ),
            (
                "shift",
                _("The page does not jump"),
                _(
                    "The space is kept until it comes: the layout shift stays below "
                    "0.1."
                ),
                _(
                    "Keep the min-height in the style of the text to copy, and look "
                    "for a rule of yours that undoes it."
                ),
            ),
            (
                "in-view",
                _("The next question is in view"),
                _(
                    "After Start the heading is in the window and nothing of the page "
                    "covers it."
                ),
                _(
                    "Give the page a scroll-padding-top as high as what floats at its "
                    "top."
                ),
            ),
        ],
    )


def describe_server() -> Group:
    return (
        _("When the questions do not come"),
        [
            (
                "not-found",
                _("A key that is not there"),
                _(
                    "It says that these questions are no longer available, and offers "
                    "no button in vain."
                ),
                "",
            ),
            (
                "withdrawn",
                _("A screener that was withdrawn"),
                _("It says so in the words of the server."),
                "",
            ),
            (
                "recalled",
                _("A release that was recalled"),
                _("It shows the reason."),
                "",
            ),
            (
                "slow",
                _("A slow answer"),
                _(
                    "It says that the questions are loading, and shows them when they "
                    "come."
                ),
                "",
            ),
            (
                "altered",
                _("Altered questions are refused"),
                _("Bytes that are not what their hash names are never shown."),
                "",
            ),
            (
                "etag",
                _("A wrong name is refused"),
                _("An ETag that names other bytes is not believed."),
                "",
            ),
            (
                "fallback",
                _("Without network the link stays"),
                _(
                    "What stands inside the element is shown where the questions "
                    "cannot come."
                ),
                _(
                    "Look for a rule of yours that hides what stands inside the "
                    "element."
                ),
            ),
            (
                "try-again",
                _("It can be tried again"),
                _(
                    "With nothing inside, a message and a button show, and the button "
                    "works."
                ),
                "",
            ),
        ],
    )
