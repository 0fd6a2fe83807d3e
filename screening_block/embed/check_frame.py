"""What is said about the checks of the embed kit: of the frame, and of what stays.

Each is a key, a name, what it proves, and how an integrator fixes it; where that is
empty, the fault is ours. The checks themselves are in `static/screening_block/check/`.
"""

from django.utils.translation import gettext as _

from .check_making import Group


def describe_frame() -> Group:
    return (
        _("The frame"),
        [
            (
                "frame",
                _("The frame shows"),
                _("The page lets a frame of the screener in."),
                _("Allow this address in frame-src of your Content-Security-Policy."),
            ),
            (
                "frame-height",
                _("Its height follows"),
                _("With frame.js the frame is as high as what it shows."),
                _("Look for a rule of yours for iframe that sets a height or a width."),
            ),
            (
                "frame-in-view",
                _("Its next question is in view"),
                _("With frame.js the page scrolls to what is new in the frame."),
                "",
            ),
            (
                "frame-narrow",
                _("The frame fits 320 pixels"),
                _("On the narrowest phone the page does not scroll sideways."),
                _("Look for a rule of yours for iframe that sets a height or a width."),
            ),
            (
                "frame-sandbox",
                _("In a sandbox it offers what works"),
                _("The way out is called what it does, and the questions work."),
                "",
            ),
            (
                "frame-withdrawn",
                _("A withdrawn screener says so in the frame"),
                _("No broken-page picture of the browser shows."),
                "",
            ),
            (
                "frame-recalled",
                _("A recalled release says so in the frame"),
                _("No broken-page picture of the browser shows."),
                "",
            ),
            (
                "frame-escape",
                _("Escape outside of the frame leaves"),
                _("frame.js passes on Escape pressed three times."),
                "",
            ),
            (
                "frame-own",
                _("The frames of your page"),
                _(
                    "The frames with a screener that stand in this page have room and "
                    "may do everything."
                ),
                _(
                    "Change the attribute sandbox or the rule that is named; in "
                    "WordPress, register the provider as our guide says."
                ),
            ),
        ],
    )


def describe_privacy() -> Group:
    return (
        _("What a visit leaves behind"),
        [
            (
                "result",
                _("A visit goes to its result"),
                _(
                    "The checks answer “I’m not sure” to every question, and the "
                    "result comes."
                ),
                "",
            ),
            (
                "requests",
                _("Nothing is sent after the first question"),
                _(
                    "From the first answer to the result nothing is requested from the "
                    "server."
                ),
                "",
            ),
            (
                "stored",
                _("Nothing is stored"),
                _(
                    "Cookies, storage, caches, address, title and history are as "
                    "before."
                ),
                _(
                    "If a script of your own writes there meanwhile, run the checks on "
                    "a page without it."
                ),
            ),
            (
                "events",
                _("Events have no answer in them"),
                _("They name the screener and its release."),
                "",
            ),
            (
                "escape",
                _("Escape leaves"),
                _(
                    "The keys of the page reach the screener, and three times Escape "
                    "leaves."
                ),
                _("Look for a script of yours that keeps keys from everybody else."),
            ),
            (
                "way-out",
                _("The way out stays in view"),
                _(
                    "“Leave this site quickly” stays at the top of the window while "
                    "the page scrolls."
                ),
                _(
                    "Look for overflow: hidden, auto or scroll on what the element "
                    "stands in; clip does no harm."
                ),
            ),
        ],
    )
