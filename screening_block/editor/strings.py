"""The strings of the condition editor in the browser, in the reader's language.

A name in braces is filled in there. They travel with the pickers, so that a page with
hundreds of conditions carries them once.
"""

from django.utils.translation import gettext as _

from screening_block.choices import SHORT_LISTS


def editor_strings() -> dict[str, str]:
    """Return every string of the editor by its name."""
    return {**_tools(), **_moves(), **_tests(), **_values()}


def _tools() -> dict[str, str]:
    return {
        "tools": _("Tools for the whole condition"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "copy_all": _("Copy the whole condition"),
        "paste": _("Paste at the end"),
        "as_text": _("As text (JSON)"),
        "one_problem": _("1 thing to fix"),
        "n_problems": _("{n} things to fix"),
        "use": _("Use “{label}”"),
        "mended": _("Fixed."),
        "not_json": _(
            "This text is not a condition yet, so it cannot be shown as rows. Fix "
            "the text, or undo."
        ),
        "nothing_yet": _("Nothing is tested yet. Add what must be so."),
        "search": _("Type to search"),
        "choose": _("Choose"),
        "one_more": _("Add another"),
        "nothing_found": _("Nothing found. Try another word."),
        "gone": _("no longer exists"),
        "used_title": _("This is still used"),
        "used_question": _("You cannot delete this question yet. It is used here:"),
        "used_fact": _("You cannot delete this fact yet. It is used here:"),
        "used_option": _("You cannot delete this answer yet. It is used here:"),
        "field_ask_when": _("Ask when"),
        "field_when": _("Is true when"),
        "field_applies_when": _("Applies when"),
        "field_may_apply_when": _("May apply when"),
        "field_unless": _("Never when"),
        "field_urgent_when": _("Is urgent when"),
        "field_notes": _("Extra sentences"),
        "room_questions": _("Question"),
        "room_facts": _("Fact"),
        "room_findings": _("Finding"),
        **{f"room_{kind}": str(label) for kind, label in SHORT_LISTS.items()},
        "key_published": _("Published, so it stays as it is."),
        "key_used": _("Conditions use it, so it stays as it is."),
        "key_made": _("Made from the label."),
        "used_go": _("Go there"),
        "used_close": _("Close"),
        "used_help": _("Remove it from these conditions first, then delete it."),
    }


def _moves() -> dict[str, str]:
    return {
        "test_n": _("Test {n} of {of}"),
        "group_n": _("Group {n} of {of}"),
        "add_test": _("Add a test"),
        "add_group": _("Add a group"),
        "added": _("Added."),
        "remove": _("Remove"),
        "removed": _("Removed. Undo brings it back."),
        "move": _("Move"),
        "grip_help": _("Drag it, or move it with the arrow keys"),
        "moved": _("Moved."),
        "move_up": _("Move up"),
        "moved_up": _("Moved up."),
        "move_down": _("Move down"),
        "moved_down": _("Moved down."),
        "cannot_move": _("It cannot be moved there."),
        "duplicate": _("Duplicate"),
        "duplicated": _("Duplicated."),
        "deny": _("Turn into its opposite"),
        "denied": _("Turned into its opposite."),
        "wrap": _("Put into a group"),
        "wrapped": _("Put into a group."),
        "unwrap": _("Remove from the group"),
        "unwrapped": _("Removed from the group."),
        "set_roll": _("Choose how 29 February counts"),
        "copy": _("Copy"),
        "copied": _("Copied."),
        "paste_after": _("Paste below"),
        "pasted": _("Pasted."),
        "no_clipboard": _(
            "The browser does not let a button do this. Use Ctrl+C and Ctrl+V."
        ),
        "paste_json": _("Not pasted: the clipboard does not hold a condition."),
        "paste_shape": _("Not pasted: this is not a condition of a screener."),
        "paste_deep": _("Not pasted: its groups are nested too deep."),
        "too_deep": _("Groups cannot be nested any deeper."),
        "undone": _("Undone."),
        "redone": _("Redone."),
        "more": _("More"),
    }


def _tests() -> dict[str, str]:
    return {
        "about": _("What is tested"),
        "questions": _("Questions"),
        "facts": _("Facts"),
        "others": _("Dates and other tests"),
        "built_in": _("date"),
        "about_elapsed": _("Time between two dates"),
        "about_today": _("Today’s date"),
        "test": _("Test"),
        "is_so": _("is so"),
        "is_not_so": _("is not so"),
        "group_is": _("What the group needs"),
        "group_all": _("All of these"),
        "group_any": _("Any of these"),
        "group_at_least": _("At least"),
        "group_not_all": _("Not all of these"),
        "group_not_any": _("None of these"),
        "group_not_at_least": _("Fewer than"),
        "of_these": _("of these"),
        "not_so": _("It is not so that:"),
        "and": _("and"),
        "or": _("or"),
        "is": _("is"),
        "includes": _("includes"),
        "test_is": _("is"),
        "not_test_is": _("is not"),
        "test_in": _("is one of"),
        "not_test_in": _("is none of"),
        "test_has_any": _("includes any of"),
        "not_test_has_any": _("does not include any of"),
        "test_has_all": _("includes all of"),
        "not_test_has_all": _("does not include all of"),
        "test_has_none": _("includes none of"),
        "not_test_has_none": _("includes one of"),
        "test_column": _("has in the chart"),
        "not_test_column": _("does not have in the chart"),
        "test_dont_know": _("was answered “not sure”"),
        "not_test_dont_know": _("was answered, not with “not sure”"),
        "cmp_lt": _("is less than"),
        "cmp_le": _("is at most"),
        "cmp_eq": _("is exactly"),
        "cmp_ge": _("is at least"),
        "cmp_gt": _("is more than"),
        "not_cmp_lt": _("is not less than"),
        "not_cmp_le": _("is not at most"),
        "not_cmp_eq": _("is not exactly"),
        "not_cmp_ge": _("is not at least"),
        "not_cmp_gt": _("is not more than"),
        "cmp_date_lt": _("is before"),
        "cmp_date_le": _("is on or before"),
        "cmp_date_eq": _("is on"),
        "cmp_date_ge": _("is on or after"),
        "cmp_date_gt": _("is after"),
        "not_cmp_date_lt": _("is not before"),
        "not_cmp_date_le": _("is not on or before"),
        "not_cmp_date_eq": _("is not on"),
        "not_cmp_date_ge": _("is not on or after"),
        "not_cmp_date_gt": _("is not after"),
    }


def _values() -> dict[str, str]:
    return {
        "answer": _("Answer"),
        "answers": _("Answers"),
        "take_out": _("Remove {label}"),
        "yes": _("Yes"),
        "no": _("No"),
        "column": _("Column of the chart"),
        "choose_column": _("Choose a column"),
        "compared_with": _("Compared with"),
        "kind_of": _("{label}: kind"),
        "source_value_integer": _("the number"),
        "source_value_money": _("the amount"),
        "source_value_date": _("the date"),
        "source_threshold_": _("a threshold"),
        "source_question_": _("the answer to"),
        "source_today_": _("today"),
        "bad_number": _("Enter a whole number, such as 90."),
        "bad_amount": _("Enter an amount, such as 250 or 250.00."),
        "from": _("from"),
        "until": _("to"),
        "date_from": _("Counted from"),
        "date_until": _("Counted to"),
        "how_many": _("How many"),
        "unit": _("Unit"),
        "unit_days": _("days"),
        "unit_months": _("months"),
        "unit_years": _("years"),
        "roll": _("If the month has no such day"),
        "roll_default": _("29 February: the screener’s own setting"),
        "roll_last_day": _("29 February: 28 February"),
        "roll_next_day": _("29 February: 1 March"),
        "kept": _(
            "The plugin of this test is not installed. The test is kept as it is:"
        ),
    }
