"""The small release with an answer and a finding that must stay off paper."""

from __future__ import annotations

from typing import Any

from . import small

#: Words that only stand where the private answer, or what comes of it, is told.
WORDS = ["sent-away", "gone-back", "walked-in", "old-order", "border-note"]


def release() -> dict[str, Any]:
    """`removed` and `came_back` are marked; `lawyer` reads the answer and is not."""
    made = small.release()
    texts = made["texts"]["en"]
    made["questions"].insert(1, {"key": "removed", "type": "yes_no", "off_paper": True})
    texts["questions"]["removed"] = {
        "label": "Were you ever sent-away from here?",
        "why": "It matters.",
        "where": "The old-order, if you have it.",
    }
    removed = {"op": "is", "question": "removed", "value": True}
    stranger = {
        "op": "not",
        "of": [{"op": "is", "question": "status", "value": "citizen"}],
    }
    both = {"op": "all", "of": [removed, stranger]}
    made["facts"].append({"key": "was_removed", "when": both})
    texts["facts"]["was_removed"] = {"label": "You were sent-away"}
    law = {"citations": [], "status": "verified", "checked_on": None, "actions": []}
    made["findings"] += [
        {
            "key": "came_back",
            "group": "risk",
            "severity": "urgent",
            "may_apply_when": removed,
            "off_paper": True,
            **law,
        },
        {
            "key": "lawyer",
            "group": "next",
            "severity": "caution",
            "applies_when": {
                "op": "any",
                "of": [
                    {"op": "fact", "fact": "was_removed"},
                    stranger,
                ],
            },
            "notes": [{"key": "away", "when": {"op": "fact", "fact": "was_removed"}}],
            **law,
        },
    ]
    texts["findings"] |= {
        "came_back": {
            "heading": "If you have gone-back, be careful",
            "body": "Somebody who walked-in again should see a lawyer first.",
        },
        "lawyer": {
            "heading": "See a lawyer about all of it",
            "body": "Take the sheet along.",
            "notes": {"away": "Tell the lawyer of the border-note."},
        },
    }
    return made


#: Everything but the private answer.
ANSWERS = {
    "status": "lpr",
    "statute": "pc_245",
    "days": 320,
    "plans": ["nothing"],
    "court_date_set": False,
}
