"""Of which day and release the law is, and who reviewed it: for both ways the same."""

from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.engine.release_names import shorten_hash
from screening_block.engine.wording import Wording


def describe_law(release: engine.Release, w: Wording) -> dict[str, str]:
    """Return `translation`, `reviewed`, `overdue`, `law` and, with the release's whole
    name, `law_whole`, in the language that is active; "" for what is not so."""
    review = release.data["review"]
    as_of = w.as_of or ""
    due = review.get("next_due")
    if review.get("reviewer"):
        when = review.get("reviewed_on")
        named = {"who": review["reviewer"], "when": w.date(when) if when else "?"}
        reviewed = _("Reviewed by %(who)s on %(when)s.") % named
    else:
        reviewed = _(
            "No attorney has reviewed these questions and results yet. Please check "
            "everything with one."
        )
    old = _("A new review was due on %(when)s. The law may have changed.")
    law = _("The law as of {date}. Release {release}.").replace("{date}", w.date(as_of))
    unreviewed = w.locale in release.data.get("unreviewed_languages", ())
    return {
        "translation": _(
            "No legal translator has checked this translation. It may have mistakes."
        )
        if unreviewed
        else "",
        "reviewed": reviewed,
        "overdue": old % {"when": w.date(due)} if due and due < as_of else "",
        "law": law.replace("{release}", shorten_hash(release.sha256)),
        "law_whole": law.replace("{release}", release.sha256),
    }
