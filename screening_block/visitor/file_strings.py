"""What the widget says about files of answers: saving, sealing, opening.

`wrong` is by the code that `static/screening_block/widget/saved.js` refuses with.
"""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _


def find_opener() -> str:
    """Return the path of the page that opens files, "" on a site without one."""
    try:
        return reverse("screening_handover:open")
    except NoReverseMatch:
        return ""


def build_file_strings() -> dict[str, Any]:
    """Return the strings for saving and opening, in the language that is active."""
    return {
        "save": _("Save a file to go on later"),
        "private": _(
            "The file holds your answers. It is made on this device and sent to "
            "nobody. It stays where you put it: on a device that others use, lock it "
            "with a phrase, or do not save it."
        ),
        "off_paper": _(
            "Answers that stay off paper are in the file only if it is locked. Without "
            "a phrase they are saved as “I’m not sure”."
        ),
        "phrase": _("Phrase to lock the file (you may leave this empty)"),
        "rules": _(
            "Write the phrase down. Without it nobody can open the file, and we cannot "
            "either. Take four words that do not belong together, or let us make "
            "numbers for you. Capital letters and spaces at the ends do not matter."
        ),
        "make": _("Make a phrase for me"),
        "unlocked": _("On this page the file cannot be locked with a phrase."),
        "short": _("Use at least 12 characters, such as four words, or no phrase."),
        "write": _("Save the file"),
        "wait": _("One moment, please."),
        "written": _(
            "The file is made. Look for “notes.json” among your downloads; you may "
            "give it another name."
        ),
        "hand_over": _("A lawyer can open the file at {address}"),
        "open": _("Go on with a file that you saved"),
        "read_here": _("The file is read on this device and not sent to anyone."),
        "pick": _("The file that you saved"),
        "sealed": _("This file is locked. What is its phrase?"),
        "unlock": _("Open the file"),
        "renewed": _(
            "The questions have been changed since you saved. Answers that still fit "
            "were kept."
        ),
        "lost": _("Answers that were not kept: {n}"),
        "wrong": _build_reasons(),
    }


def _build_reasons() -> dict[str, str]:
    return {
        "size": _("This file is too big. A file that you saved here is small."),
        "other": _("This is not a file with saved answers. Please pick another one."),
        "cut": _(
            "A part of this file is missing. Please copy it once more from where you "
            "saved it."
        ),
        "changed": _(
            "Something in this file was changed or damaged after it was saved, so it "
            "is not used. If you have a copy, try that one."
        ),
        "format": _("This file is of a newer kind, which this page cannot read yet."),
        "screener": _("This file belongs to other questions than these."),
        "phrase": _(
            "This phrase does not open the file. Look at each word and try again: "
            "nothing is lost, and you can try as often as you like."
        ),
        "insecure": _(
            "This file is locked, and this page cannot open it, because its address "
            "does not begin with https."
        ),
        "missing": _(
            "This site does not have the questions that the file was made with. The "
            "file may be from another site, or the questions were taken off line."
        ),
        "unreachable": _(
            "The questions could not be loaded. Check your connection and try again."
        ),
    }


def build_opener_strings() -> dict[str, str]:
    """Return what the page that opens a file says besides."""
    return {
        "exit": _("Leave this site quickly"),
        "of_file": _("The law as of {date}: the day on which the file was saved."),
        "of_today": _("The law as of today, {date}."),
        "to_today": _("Show it as of today"),
        "to_file": _("Show it as of the day of the file"),
        "another": _("Open another file"),
        "successor": _("Open it with the version that took its place"),
    }
