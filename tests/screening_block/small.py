"""A small release that has one of everything, for tests of authoring and serving."""

from __future__ import annotations

import copy
from typing import Any

CITATION = {"text": "INA 101(a)(43)(F)", "status": "needs_checking", "source": "S3"}

RELEASE: dict[str, Any] = {
    "format": 1,
    "key": "small",
    "jurisdiction": "us-ca",
    "locale": "en",
    "time_zone": "America/Los_Angeles",
    "roll": "last_day",
    "review": {"reviewer": None, "reviewed_on": None, "next_due": None},
    "questions": [
        {
            "key": "status",
            "type": "choice",
            "options": [{"key": "citizen"}, {"key": "lpr"}, {"key": "none"}],
        },
        {"key": "statute", "type": "choice", "chart": "statutes"},
        {"key": "days", "type": "integer", "unit": "days", "min": 0},
        {
            "key": "plans",
            "type": "choices",
            "options": [
                {"key": "travel"},
                {"key": "naturalization"},
                {"key": "nothing", "exclusive": True},
            ],
        },
        {
            "key": "trip_start",
            "type": "date",
            "ask_when": {"op": "has_any", "question": "plans", "values": ["travel"]},
        },
        {"key": "court_date_set", "type": "yes_no", "optional": True},
    ],
    "charts": {
        "statutes": {
            "columns": [
                {
                    "key": "violence",
                    "type": "choice",
                    "values": ["candidate", "no"],
                    "default": "no",
                },
                {"key": "also", "type": "choices", "values": ["drug"], "default": []},
            ],
            "rows": [
                {
                    "key": "pc_245",
                    "cells": {"violence": "candidate"},
                    "citations": [],
                    "status": "needs_checking",
                    "checked_on": None,
                },
                {
                    "key": "pc_25400",
                    "cells": {},
                    "citations": [CITATION],
                    "status": "verified",
                    "checked_on": "2026-01-15",
                },
            ],
        }
    },
    "thresholds": {
        "af_term": {
            "type": "integer",
            "unit": "days",
            "values": [{"from": "1996-09-30", "value": 365}],
            "citations": [CITATION],
            "status": "needs_checking",
            "checked_by": None,
            "checked_on": None,
        }
    },
    "facts": [
        {
            "key": "noncitizen",
            "when": {
                "op": "not",
                "of": [{"op": "is", "question": "status", "value": "citizen"}],
            },
        }
    ],
    "findings": [
        {
            "key": "agg_felony_violence_1yr",
            "group": "risk",
            "severity": "high",
            "applies_when": {
                "op": "all",
                "of": [
                    {"op": "fact", "fact": "noncitizen"},
                    {
                        "op": "column",
                        "question": "statute",
                        "column": "violence",
                        "test": "is",
                        "values": ["candidate"],
                    },
                    {
                        "op": "compare",
                        "left": {"question": "days"},
                        "cmp": "ge",
                        "right": {"threshold": "af_term"},
                    },
                ],
            },
            "citations": [CITATION],
            "status": "needs_checking",
            "checked_on": None,
            "actions": [{"key": "ask", "type": "step"}],
        },
        {
            "key": "travel_risk",
            "group": "next",
            "severity": "caution",
            "urgent_when": {"op": "is", "question": "court_date_set", "value": True},
            "applies_when": {
                "op": "all",
                "of": [
                    {"op": "fact", "fact": "noncitizen"},
                    {"op": "has_any", "question": "plans", "values": ["travel"]},
                    {
                        "op": "elapsed",
                        "from": {"today": True},
                        "until": {"question": "trip_start"},
                        "unit": "days",
                        "cmp": "ge",
                        "n": {"value": 0},
                    },
                ],
            },
            "notes": [
                {
                    "key": "court",
                    "when": {"op": "is", "question": "court_date_set", "value": True},
                }
            ],
            "citations": [],
            "status": "verified",
            "checked_on": None,
            "actions": [],
        },
        {
            "key": "court_soon",
            "group": "next",
            "severity": "urgent",
            "applies_when": {"op": "is", "question": "court_date_set", "value": True},
            "unless": {"op": "not", "of": [{"op": "fact", "fact": "noncitizen"}]},
            "citations": [],
            "status": "verified",
            "checked_on": None,
            "actions": [],
        },
    ],
    "texts": {
        "en": {
            "title": "Small screener",
            "intro": "A few questions. The line is {af_term}.",
            "questions": {
                "status": {
                    "label": "Your status today",
                    "why": "The rules differ.",
                    "options": {
                        "citizen": "Citizen",
                        "lpr": "Green card",
                        "none": "None",
                    },
                },
                "statute": {"label": "Which law was it?", "why": "The law decides."},
                "days": {
                    "label": "How many days did the judge order?",
                    "why": "A year counts.",
                    "where": "The minute order.",
                },
                "plans": {
                    "label": "What do you plan?",
                    "why": "Plans carry risks.",
                    "options": {
                        "travel": "Travel",
                        "naturalization": "Citizenship",
                        "nothing": "Nothing",
                    },
                },
                "trip_start": {"label": "When do you leave?", "why": "Timing matters."},
                "court_date_set": {
                    "label": "Do you have a court date?",
                    "why": "It is urgent then.",
                },
            },
            "charts": {
                "statutes": {
                    "label": "Statutes",
                    "columns": {"violence": "Violence", "also": "Also"},
                    "values": {
                        "violence": {"candidate": "may be", "no": "no"},
                        "also": {"drug": "drugs"},
                    },
                    "rows": {
                        "pc_245": "PC 245: assault",
                        "pc_25400": "PC 25400: carrying",
                    },
                }
            },
            "thresholds": {"af_term": {"label": "Days for an aggravated felony"}},
            "facts": {"noncitizen": {"label": "You are not a citizen"}},
            "findings": {
                "agg_felony_violence_1yr": {
                    "heading": "A long sentence may matter",
                    "body": "A violent crime with {af_term} or more can count.",
                    "actions": {"ask": "Ask a lawyer about the sentence."},
                },
                "travel_risk": {
                    "heading": "See a lawyer before the trip",
                    "body": "Officers can **question** you.",
                    "notes": {"court": "You have a court date."},
                },
                "court_soon": {
                    "heading": "Do not miss court",
                    "body": "Call a lawyer.",
                },
            },
        }
    },
}

#: Answers with which the aggravated-felony finding turns on the number of days.
ASSAULT = {
    "status": "lpr",
    "statute": "pc_245",
    "days": 320,
    "plans": ["nothing"],
    "court_date_set": False,
}


def with_sections(data: dict[str, Any] | None = None) -> dict[str, Any]:
    """The small release with what is optional in its texts: headings and a start."""
    data = data or release()
    data["about"] = {"minutes": 3}
    named = ("status", "statute", "statute", "plans", "plans", "plans")
    for question, section in zip(data["questions"], named, strict=True):
        question["section"] = section
    data["texts"]["en"] |= {
        "at_hand": "Papers from court.",
        "sections": {
            "status": "Your status in the U.S.",
            "statute": "The case",
            "plans": "Your plans",
        },
    }
    return data


def with_urgent() -> dict[str, Any]:
    """The same, with a second question in the first section; each of the two answers
    can make something urgent."""
    data = with_sections()
    texts = data["texts"]["en"]
    data["questions"].insert(1, {"key": "held", "type": "yes_no", "section": "status"})
    texts["questions"]["held"] = {"label": "Does ICE hold you?", "why": "It matters."}
    law = {"citations": [], "status": "verified", "checked_on": None, "actions": []}
    for key, when in (
        ("gun", {"op": "is", "question": "status", "value": "none"}),
        ("ice", {"op": "is", "question": "held", "value": True}),
    ):
        finding = {"key": key, "group": "risk", "severity": "urgent", **law}
        data["findings"].append({**finding, "applies_when": when})
    texts["findings"] |= {
        "gun": {"heading": "Do not keep a gun", "body": "It can be a crime."},
        "ice": {"heading": "Call a lawyer today", "body": "Ask about bond."},
    }
    return data


def release() -> dict[str, Any]:
    """A fresh copy to change."""
    return copy.deepcopy(RELEASE)


def with_short() -> dict[str, Any]:
    """The same with lines in short, groups of its own and marks of what reassures."""
    made = release()
    lpr = {"op": "is", "question": "status", "value": "lpr"}
    citizen = {"op": "is", "question": "status", "value": "citizen"}
    made["short"] = {
        "meaning": [{"key": "citizen", "when": citizen, "reassures": True}],
        "action": [{"key": "card", "when": lpr}, {"key": "ask_first"}],
    }
    made["shown"] = {"open_most": 2, "groups": [{"key": "steps", "of": ["next"]}]}
    made["findings"][1]["notes"][0]["reassures"] = True
    made["findings"][1]["reassures"] = True
    texts = made["texts"]["en"]
    texts["short"] = {
        "citizen": "Citizens are treated differently.",
        "card": "Ask a lawyer before you travel. {af_term} counts.",
        "ask_first": "Ask a lawyer.",
    }
    texts["shown"] = {"steps": "Next: {n}", "unanswered": "{n} and {questions}"}
    return made
