"""What the closed lists of `engine.choices` are called, each once, in their order."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

ANSWER_TYPES = {
    "choice": _("One of several options"),
    "choices": _("Any of several options"),
    "yes_no": _("Yes or no"),
    "integer": _("Whole number"),
    "money": _("Amount of money"),
    "date": _("Date"),
}
COLUMN_TYPES = {"choice": _("One value"), "choices": _("Several values")}
UNITS = {"days": _("Days"), "months": _("Months"), "years": _("Years")}
#: As editors read them.
LEVELS = {
    "applies": _("applies"),
    "may_apply": _("may apply"),
    "not_apply": _("does not apply"),
}
#: As visitors read them; what does not apply is not shown.
SHOWN_LEVELS = {
    "applies": _("This fits your answers"),
    "may_apply": _("This may fit"),
}
SEVERITIES = {
    "info": _("Info"),
    "caution": _("Caution"),
    "high": _("High"),
    "urgent": _("Urgent"),
}
#: As editors read them.
FINDING_GROUPS = {
    "case": _("How the law sees the case"),
    "risk": _("What may affect the visitor"),
    "help": _("What may help"),
    "next": _("What to do next"),
}
#: The groups of a result that unfold and every screener has, as editors read them.
FOLDED_GROUPS = {
    "urgent": _("More that may be urgent"),
    "unanswered": _("What nobody can rule out yet"),
    "more": _("What else may matter"),
    "help": _("What may help, and good news"),
}
#: The lists of what a result may say in short, by their kind of part.
SHORT_LISTS = {
    "short_meaning": _("In short: what it may mean"),
    "short_risk": _("In short: the main risk"),
    "short_action": _("In short: what to do first"),
}
#: The sections of a result, as visitors read them: what is urgent, then the groups.
RESULT_SECTIONS = {
    "urgent": _("Please act on this first"),
    "case": _("How immigration law may see your case"),
    "risk": _("What may affect you"),
    "help": _("What may help"),
    "next": _("What to do next"),
}
STATUSES = {"verified": _("Verified"), "needs_checking": _("Needs checking")}
ACTION_TYPES = {
    "step": _("A step to take"),
    "link": _("A link"),
    "help": _("Who can help"),
}
#: What the directory of help is for.
HELP_SUBJECTS = {
    "immigration": _("Immigration"),
    "immigration_court": _("Immigration court"),
    "detention": _("Held by immigration (ICE)"),
    "court_dates": _("Court dates"),
    "criminal_records": _("Criminal records"),
    "courts_self_help": _("Court self-help"),
    "papers": _("Court and immigration papers"),
    "find_a_lawyer": _("Find a lawyer"),
    "victims": _("Victims of crime"),
}


def list_help_subjects() -> list[tuple[str, Any]]:
    """Return the subjects with their names, and what a site's setting adds."""
    own = getattr(settings, "SCREENING_HELP_SUBJECTS", {})
    return list({**HELP_SUBJECTS, **own}.items())
