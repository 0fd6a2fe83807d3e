"""The blocks of a screener page and its snippets.

Keys are typed once, when a part is created, and never change after publishing;
everything a visitor reads is plain text with a small markup (see `markup`).
"""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from plugins.streams import StableStructBlock
from screening_block.choices import (
    ACTION_TYPES,
    ANSWER_TYPES,
    COLUMN_TYPES,
    FINDING_GROUPS,
    FOLDED_GROUPS,
    SEVERITIES,
    STATUSES,
    UNITS,
    list_help_subjects,
)
from screening_block.engine.currencies import DEFAULT_CURRENCY
from screening_block.engine.grammar import KEY_PATTERN

from .choice_block import TextChoiceBlock
from .condition_field import ConditionBlock
from .key_field import KeyWidget
from .number_fields import NumberBlock

#: Of what a rule, a chart row and a threshold say of the law to come.
WATCH_HELP = _(
    "What would change this, and when to look again. Never shown to visitors."
)


#: Of what says something good, in an editor's words.
REASSURES_HELP = _(
    "Good news. It is never shown before something graver that may apply."
)


class PlainTextBlock(blocks.TextBlock):
    """Lines of text. Browsers post line ends as CRLF; here they are LF, as stored.

    Otherwise merely saving a form again would make another release.
    """

    def value_from_form(self, value):
        return value.replace("\r\n", "\n") if value else value

    class Meta:
        icon = "pilcrow"


class KeyBlock(blocks.RegexBlock):
    """A key; needed even to save a draft, so that nothing refers to nothing."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Key"))
        kwargs.setdefault(
            "help_text",
            _("The name that rules use. It stays when you reword the label."),
        )
        kwargs.setdefault(
            "error_messages",
            {
                "invalid": _(
                    "Use only small letters, digits and underscores (at most 64)."
                )
            },
        )
        super().__init__(regex=rf"\A{KEY_PATTERN}\Z", max_length=64, **kwargs)
        self.field.widget = KeyWidget()

    def deconstruct(self):
        return blocks.CharBlock(max_length=64).deconstruct()

    class Meta:
        icon = "key"


def build_note_block() -> PlainTextBlock:
    """Return a block for what is never compiled into a release (see `editor_notes`)."""
    return PlainTextBlock(
        required=False,
        rows=2,
        label=_("Note for editors"),
        help_text=_("Never shown to visitors."),
        search_index=False,
    )


def build_reassures_block() -> blocks.BooleanBlock:
    """Return a block for what a release calls `reassures`."""
    return blocks.BooleanBlock(
        required=False,
        default=False,
        label=_("Reassures"),
        help_text=REASSURES_HELP,
    )


class WatchBlock(StableStructBlock):
    """What would change the law. For editors only."""

    what = blocks.CharBlock(
        max_length=250,
        search_index=False,
        label=_("What may change it"),
        help_text=_("Such as a pending bill, or courts that do not agree."),
    )
    look_again = blocks.DateBlock(required=False, label=_("Look again on"))
    url = blocks.URLBlock(required=False, label=_("Link"))

    class Meta:
        icon = "view"
        label = _("Law watch")
        label_format = "{what}"


class CitationBlock(StableStructBlock):
    text = blocks.CharBlock(max_length=250, label=_("Citation"))
    url = blocks.URLBlock(required=False, label=_("Link"))
    status = TextChoiceBlock(
        choices=list(STATUSES.items()), default="needs_checking", label=_("Verified")
    )
    source = blocks.CharBlock(
        required=False, max_length=80, label=_("Where it was read")
    )
    editors_note = build_note_block()

    class Meta:
        icon = "link"
        label = _("Citation")
        label_format = "{text}"


class ColumnValueBlock(StableStructBlock):
    label = blocks.CharBlock(max_length=120, label=_("Label"))
    key = KeyBlock()

    class Meta:
        label_format = "{label}"


class ColumnBlock(StableStructBlock):
    label = blocks.CharBlock(max_length=120, label=_("Label"))
    key = KeyBlock()
    kind = TextChoiceBlock(
        choices=list(COLUMN_TYPES.items()),
        default="choice",
        label=_("Holds"),
    )
    values = blocks.ListBlock(ColumnValueBlock(), collapsed=True, label=_("Values"))
    default = blocks.ListBlock(
        KeyBlock(label=_("Value"), help_text=""),
        min_num=0,
        default=[],
        label=_("A blank cell means"),
        help_text=_("Leave empty for “unknown” (one value) or “none” (several)."),
    )

    class Meta:
        icon = "table"
        label_format = "{label}"


class OptionBlock(StableStructBlock):
    label = blocks.CharBlock(max_length=250, label=_("Label"))
    key = KeyBlock()
    exclusive = blocks.BooleanBlock(
        required=False, default=False, label=_("Cannot be combined with other options")
    )

    class Meta:
        icon = "radio-full"
        label_format = "{label}"


def chart_choices() -> list[tuple[str, str]]:
    """Return the charts by key, in the default locale."""
    charts = apps.get_model("screening_block", "Chart").objects
    return list(charts.order_by("label").values_list("key", "label").distinct())


class QuestionBlock(StableStructBlock):
    """The fields every type of question has."""

    label = blocks.CharBlock(max_length=250, label=_("Question"))
    key = KeyBlock()
    section = blocks.CharBlock(
        required=False,
        max_length=120,
        label=_("Section heading"),
        help_text=_(
            "Begins a new section with this question, such as “Your status in the U.S.”"
            " Empty: it goes on with the section above."
        ),
    )
    help = PlainTextBlock(required=False, rows=2, label=_("Explanation"))
    why = PlainTextBlock(required=False, rows=2, label=_("Why we ask"))
    where = PlainTextBlock(required=False, rows=2, label=_("Where to find it"))
    # Defaults are what an untouched form posts.
    optional = blocks.BooleanBlock(
        required=False,
        default=False,
        label=_("Can be skipped (say so in the explanation)"),
    )
    off_paper = blocks.BooleanBlock(
        required=False,
        default=False,
        label=_("Leave off the sheet"),
        help_text=_(
            "The answer is shown on the screen and never on the sheet for a lawyer, a "
            "printout or a file. For an answer that could harm whoever carries it."
        ),
    )
    ask_when = ConditionBlock(
        label=_("Ask when"),
        help_text=_("Ask the question only when this is true. Empty: no such limit."),
    )

    class Meta:
        icon = "help"
        label_format = "{label} ({key})"


class OptionsQuestionBlock(QuestionBlock):
    options = blocks.ListBlock(
        OptionBlock(), collapsed=True, min_num=0, default=[], label=_("Options")
    )
    chart = TextChoiceBlock(
        choices=chart_choices,
        required=False,
        default="",
        label=_("Options from a chart"),
        help_text=_("Instead of options of its own; adds “not in this list”."),
    )


class ChoiceQuestionBlock(OptionsQuestionBlock):
    class Meta:
        label = ANSWER_TYPES["choice"]


class ChoicesQuestionBlock(OptionsQuestionBlock):
    class Meta:
        label = ANSWER_TYPES["choices"]


class YesNoQuestionBlock(QuestionBlock):
    class Meta:
        label = ANSWER_TYPES["yes_no"]


class NumberQuestionBlock(QuestionBlock):
    unit = TextChoiceBlock(
        choices=list(UNITS.items()),
        required=False,
        default="",
        label=_("Unit"),
    )
    min = NumberBlock(required=False, label=_("Smallest answer"))
    max = NumberBlock(required=False, label=_("Largest answer"))

    class Meta:
        label = ANSWER_TYPES["integer"]


class MoneyQuestionBlock(QuestionBlock):
    currency = blocks.CharBlock(
        default=DEFAULT_CURRENCY, max_length=3, label=_("Currency")
    )
    # What that is depends on the currency: cents, or yen themselves.
    min = NumberBlock(
        required=False, label=_("Smallest answer, in the currency’s smallest unit")
    )
    max = NumberBlock(
        required=False, label=_("Largest answer, in the currency’s smallest unit")
    )

    class Meta:
        label = ANSWER_TYPES["money"]


class DateQuestionBlock(QuestionBlock):
    class Meta:
        label = ANSWER_TYPES["date"]


class FactBlock(StableStructBlock):
    label = blocks.CharBlock(
        max_length=250, label=_("Label"), help_text=_("Visitors read it under “why”.")
    )
    key = KeyBlock()
    when = ConditionBlock(required=True, label=_("Is true when"))

    class Meta:
        icon = "tick"
        label = _("Fact")
        label_format = "{label} ({key})"


class NoteBlock(StableStructBlock):
    text = PlainTextBlock(rows=2, label=_("Text"))
    key = KeyBlock()
    when = ConditionBlock(required=True, label=_("Show when"))
    reassures = build_reassures_block()

    class Meta:
        label_format = "{text}"


class LineBlock(StableStructBlock):
    """One sentence that a result may begin with."""

    text = PlainTextBlock(
        rows=2, label=_("Text"), help_text=_("One or two short sentences.")
    )
    key = KeyBlock()
    when = ConditionBlock(
        label=_("Show when"),
        help_text=_(
            "Of each list the first line that is true is shown. Leave it empty for the "
            "last one, which is shown when no other is."
        ),
    )
    reassures = build_reassures_block()

    class Meta:
        icon = "pilcrow"
        label = _("Line")
        label_format = "{text}"


class ResultGroupBlock(StableStructBlock):
    """A group of findings that unfold, with a heading of its own."""

    heading = blocks.CharBlock(
        max_length=160,
        label=_("Heading"),
        help_text=_("{n} stands for how many findings are in it."),
    )
    key = KeyBlock()
    of = blocks.MultipleChoiceBlock(
        choices=[(k, label) for k, label in FINDING_GROUPS.items() if k != "help"],
        label=_("Findings of"),
    )

    class Meta:
        icon = "folder-open-inverse"
        label = _("A group of its own")
        label_format = "{heading}"


class ResultHeadingBlock(StableStructBlock):
    """Another heading for a group that every result has."""

    group = TextChoiceBlock(choices=list(FOLDED_GROUPS.items()), label=_("Group"))
    heading = blocks.CharBlock(
        max_length=160,
        label=_("Heading"),
        help_text=_(
            "{n} stands for how many findings are in it, {questions} for how many "
            "questions they hang on."
        ),
    )

    class Meta:
        icon = "title"
        label = _("Another heading")
        label_format = "{heading}"


class ActionBlock(StableStructBlock):
    kind = TextChoiceBlock(
        choices=list(ACTION_TYPES.items()),
        default="step",
        label=_("Kind"),
    )
    label = blocks.CharBlock(max_length=250, label=_("Text"))
    key = KeyBlock()
    url = blocks.URLBlock(required=False, label=_("Address"))
    subject = TextChoiceBlock(
        choices=list_help_subjects,
        required=False,
        label=_("What for"),
        help_text=_("Of “Who can help”: which entries of the directory of help."),
    )

    class Meta:
        label_format = "{label}"


class FindingBlock(StableStructBlock):
    heading = blocks.CharBlock(max_length=250, label=_("Heading"))
    key = KeyBlock()
    body = PlainTextBlock(
        rows=4,
        label=_("Text"),
        help_text=_(
            "Plain words. A blank line makes a paragraph; the key of a threshold in "
            "braces, such as {af_term}, puts its value in."
        ),
    )
    group = TextChoiceBlock(
        choices=list(FINDING_GROUPS.items()),
        label=_("Group"),
        help_text=_("The part of the result it stands in."),
    )
    severity = TextChoiceBlock(
        choices=list(SEVERITIES.items()),
        label=_("Severity"),
        help_text=_("How it is marked. Urgent ones interrupt the questions."),
    )
    notes = blocks.ListBlock(
        NoteBlock(), collapsed=True, min_num=0, default=[], label=_("Extra sentences")
    )
    actions = blocks.ListBlock(
        ActionBlock(), collapsed=True, min_num=0, default=[], label=_("Next steps")
    )
    applies_when = ConditionBlock(
        label=_("Applies when"),
        help_text=_("“I’m not sure” makes it “may apply”, never “applies”."),
    )
    may_apply_when = ConditionBlock(
        label=_("May apply when"),
        help_text=_("For what depends on more than the answers can tell."),
    )
    unless = ConditionBlock(
        label=_("Never when"), help_text=_("Overrides both conditions above.")
    )
    urgent_when = ConditionBlock(
        label=_("Is urgent when"),
        help_text=_("Then it counts as urgent, whatever its severity."),
    )
    citations = blocks.ListBlock(
        CitationBlock(), collapsed=True, min_num=0, default=[], label=_("Citations")
    )
    status = TextChoiceBlock(
        choices=list(STATUSES.items()), default="needs_checking", label=_("Verified")
    )
    checked_by = blocks.CharBlock(
        required=False,
        max_length=120,
        label=_("Checked by"),
        help_text=_("Never shown to visitors."),
    )
    checked_on = blocks.DateBlock(required=False, label=_("Law checked on"))
    next_review = blocks.DateBlock(required=False, label=_("Next review"))
    watch = blocks.ListBlock(
        WatchBlock(),
        collapsed=True,
        min_num=0,
        default=[],
        label=_("Law watch"),
        help_text=WATCH_HELP,
    )
    editors_note = build_note_block()
    off_paper = blocks.BooleanBlock(
        required=False,
        default=False,
        label=_("Leave off the sheet"),
        help_text=_(
            "The finding is shown on the screen and never on the sheet for a "
            "lawyer, a printout or a file. For a finding that would reveal an "
            "answer that is left off."
        ),
    )
    reassures = build_reassures_block()

    class Meta:
        icon = "doc-full"
        label = _("Finding")
        label_format = "{heading} ({key})"
