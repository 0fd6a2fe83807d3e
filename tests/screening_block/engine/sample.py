"""One small, complete release with a bit of everything, for tests that break it."""

from __future__ import annotations

from typing import Any

from . import vectors


def release() -> dict[str, Any]:
    """A new copy each time."""
    status = {"op": "is", "question": "status", "value": "lpr"}
    waited = {
        "op": "elapsed",
        "from": {"question": "since"},
        "until": {"today": True},
        "unit": "years",
        "cmp": "ge",
        "n": {"threshold": "wait"},
    }
    return vectors.complete(
        {
            "questions": [
                {
                    "key": "status",
                    "type": "choice",
                    "options": [{"key": "lpr"}, {"key": "visa"}],
                },
                {"key": "since", "type": "date", "ask_when": status},
                {
                    "key": "ordered",
                    "type": "choices",
                    "options": [{"key": "jail"}, {"key": "nothing", "exclusive": True}],
                },
                {"key": "law", "type": "choice", "chart": "statutes", "optional": True},
                {"key": "days", "type": "integer", "unit": "days", "min": 0, "max": 99},
                {"key": "fine", "type": "money", "currency": "USD"},
                {"key": "plea", "type": "yes_no"},
            ],
            "charts": {
                "statutes": {
                    "columns": [
                        {
                            "key": "gun",
                            "type": "choice",
                            "values": ["yes", "no"],
                            "default": None,
                        },
                        {
                            "key": "tags",
                            "type": "choices",
                            "values": ["a", "b"],
                            "default": ["a"],
                        },
                    ],
                    "rows": [{"key": "pc1", "cells": {"gun": "yes", "tags": []}}],
                }
            },
            "thresholds": {
                "wait": {
                    "type": "integer",
                    "unit": "years",
                    "values": [
                        {"from": "2000-01-01", "value": 5},
                        {"from": "2020-01-01", "value": 6},
                    ],
                    "citations": [
                        {
                            "text": "INA 316",
                            "url": "https://example.org/316",
                            "status": "verified",
                            "source": "S1",
                        }
                    ],
                },
            },
            "facts": [
                {"key": "waited", "when": waited},
                {
                    "key": "ready",
                    "when": {"op": "all", "of": [{"op": "fact", "fact": "waited"}]},
                },
            ],
            "findings": [
                {
                    "key": "path",
                    "group": "help",
                    "severity": "info",
                    "applies_when": {
                        "op": "all",
                        "of": [status, {"op": "fact", "fact": "ready"}],
                    },
                    "may_apply_when": {"op": "dont_know", "question": "status"},
                    "unless": {"op": "is", "question": "plea", "value": True},
                    "urgent_when": status,
                    "notes": [{"key": "visa", "when": status}],
                    "actions": [
                        {"key": "bring", "type": "step"},
                        {"key": "read", "type": "link", "url": "https://example.org/"},
                        {"key": "call", "type": "clinic.call_back", "county": "Kern"},
                    ],
                },
                {
                    "key": "other_path",
                    "may_apply_when": {
                        "op": "column",
                        "question": "law",
                        "column": "tags",
                        "test": "has_any",
                        "values": ["b"],
                    },
                },
            ],
            "exclusive": [["path", "other_path"]],
            "texts": {
                "en": {"findings": {"path": {"body": "In {wait}, from {date} on."}}},
                "es": {"title": "Prueba", "thresholds": {"wait": {"note": "Espera"}}},
            },
        }
    )
