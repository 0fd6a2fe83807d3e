"""Stored streams of the tests: what the kit knows, and what of a plugin is gone."""

import json

from django.db import connection

KNOWN = {"type": "paragraph", "value": "Before", "id": "p1"}
GONE = {
    "type": "gone__chart",
    "value": {"text": "LEGAL", "rows": [1, {"a": None}], "§": "ü"},
    "id": "g1",
}
LAST = {"type": "paragraph", "value": "After", "id": "p2"}


def section(inner=(), card=(), **extra):
    return {
        "type": "section",
        "id": "s1",
        "value": {
            "heading": "Heading",
            "cards": [
                {
                    "type": "item",
                    "value": {"title": "T", "note": "", **dict(card)},
                    "id": "c1",
                }
            ],
            "inner": list(inner),
            **extra,
        },
    }


INNER = {"type": "text", "value": "known", "id": "i1"}


def store(page, body):
    """Write the row behind the back of every block, and forget the drafts."""
    page.refresh_from_db()
    page.revisions.all().delete()
    with connection.cursor() as cursor:
        cast = "::jsonb" if connection.vendor == "postgresql" else ""
        cursor.execute(
            f"UPDATE {page._meta.db_table} SET body = %s{cast} WHERE page_ptr_id = %s",
            [json.dumps(body), page.pk],
        )
    type(page).objects.filter(pk=page.pk).update(latest_revision=None)
    return type(page).objects.get(pk=page.pk)
