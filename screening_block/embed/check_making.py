"""What is said about the checks of the embed kit: of the page and of the element.

Each is a key, a name, what it proves, and how an integrator fixes it; where that is
empty, the fault is ours. The checks themselves are in `static/screening_block/check/`.
"""

from django.utils.translation import gettext as _

#: The name of a group, and its checks.
Group = tuple[str, list[tuple[str, str, str, str]]]


def describe_page() -> Group:
    return (
        _("What the page allows"),
        [
            (
                "script",
                _("The script may run"),
                _("The page lets the script of the embed in."),
                _("Allow this address in script-src of your Content-Security-Policy."),
            ),
            (
                "connect",
                _("The questions may be fetched"),
                _("The page lets the questions and the style sheet come."),
                _(
                    "Allow this address in connect-src of your "
                    "Content-Security-Policy, and look whether src names a screener."
                ),
            ),
            (
                "trusted-types",
                _("It works under Trusted Types"),
                _(
                    "Nothing of it asks the browser to read text as markup or as "
                    "script."
                ),
                "",
            ),
            (
                "violations",
                _("No policy is violated"),
                _(
                    "While the checks ran, the browser told of nothing of ours that "
                    "your policy forbids."
                ),
                _("Compare your Content-Security-Policy with the one in our guide."),
            ),
            (
                "isolated",
                _("An isolated page may have the frame"),
                _(
                    "The frame has the headers that a page with "
                    "Cross-Origin-Embedder-Policy asks for."
                ),
                "",
            ),
            (
                "confined",
                _("The page stands in no sandbox"),
                _(
                    "Leaving quickly, printing and saving are not forbidden by what is "
                    "around the page."
                ),
                _(
                    "Open the page by itself, or give the frame around it the tokens "
                    "that our guide names."
                ),
            ),
            (
                "other-scripts",
                _("No scripts of others run here"),
                _("Nobody else’s script can note what visitors choose in the element."),
                _(
                    "Take them off this page, or use the frame: they cannot look into "
                    "it."
                ),
            ),
        ],
    )


def describe_making() -> Group:
    return (
        _("How the element is made and moved"),
        [
            (
                "first-questions",
                _("The first question shows"),
                _("The element comes in this page, begins, and asks."),
                "",
            ),
            (
                "script-late",
                _("A script that comes late"),
                _("The element stands in the page before its script."),
                "",
            ),
            (
                "script-first",
                _("A script that comes first"),
                _("The script is there before the element."),
                "",
            ),
            (
                "script-twice",
                _("A script that comes twice"),
                _("Two copies of the script do no harm."),
                "",
            ),
            (
                "property-early",
                _("A property set before the script"),
                _("What a framework set on the element early counts later."),
                "",
            ),
            (
                "src-late",
                _("src set late"),
                _("An element without src waits, and comes once it has one."),
                "",
            ),
            (
                "src-property",
                _("src set as a property"),
                _("A framework may set the property in place of the attribute."),
                "",
            ),
            (
                "src-again",
                _("src set again keeps the answers"),
                _(
                    "Where a framework writes the same address once more, nothing is "
                    "lost."
                ),
                "",
            ),
            (
                "src-other",
                _("Another src begins anew"),
                _("Answers to other questions are not carried over."),
                "",
            ),
            (
                "locale",
                _("Another language keeps the answers"),
                _("The attribute locale changes the words and nothing else."),
                "",
            ),
            (
                "move-before",
                _("Moved with moveBefore"),
                _("The answers go along to another place of the page."),
                "",
            ),
            (
                "insert-again",
                _("Inserted somewhere else"),
                _("The answers go along when the page inserts it again."),
                "",
            ),
            (
                "out-and-in",
                _("Taken out and put back"),
                _("The answers are there when it comes back."),
                "",
            ),
            (
                "clone",
                _("A copy has no answers"),
                _("A copy of the element begins anew; the first one keeps its own."),
                "",
            ),
            (
                "inner-html",
                _("Written as text"),
                _("It comes where a page writes it with innerHTML."),
                "",
            ),
            (
                "shadow-root",
                _("Inside another component"),
                _("It comes in the shadow root of another element."),
                "",
            ),
            (
                "folded",
                _("Folded, it asks for nothing"),
                _("In a closed details element nothing is fetched until it is opened."),
                "",
            ),
            (
                "two",
                _("Two on one page"),
                _("The answers of two screeners do not mix."),
                "",
            ),
        ],
    )
