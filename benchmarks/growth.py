"""How much ten years of a screener take. One command, no arguments needed:

    .venv/bin/python benchmarks/growth.py [--publishes 500] [--on sqlite|postgresql]

The law pack's screener is published again and again, a week apart, each time with
another text changed by an autosave and a publish, as an editor does. Then old revisions
go, by `manage.py thin_revisions`, and what is left is weighed: rows of revisions, of
releases and their pieces, of publications. Prints what one more week takes, and what
ten years of a hundred such screeners take by that. Ends with 1 if it is more than
`MOST`, or if the current release decides anything else than the first one did.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from databases import KINDS, new_site, on_each

#: Bytes of ten years of weekly publishes of a hundred screeners.
MOST = 3_000_000_000
WEEKS, SCREENERS = 520, 100


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--publishes", type=int, default=500)
    parser.add_argument("--on", choices=KINDS)
    given = parser.parse_args()
    if given.on is None:
        return on_each(__file__, sys.argv[1:])
    with new_site(given.on, fill=False):
        return grow(given.on, given.publishes)


def grow(kind: str, publishes: int) -> int:
    from django.core.management import call_command
    from django.utils import timezone
    from wagtail.models import Revision

    from screening_block import engine
    from screening_block.models import Publication, Release, Screener

    call_command("load_pack", "california_firearms", verbosity=0)
    screener = Screener.objects.get(key="ca-firearm-expungement")
    first = Release.current(screener.key)
    assert first
    weighed = []
    for week in range(publishes):
        findings = screener.findings.get_prep_value()
        words = findings[week % len(findings)]["value"]
        words["body"] = f"{words['body'].partition(' (week')[0]} (week {week})"
        screener.findings = screener._meta.get_field("findings").to_python(findings)
        autosaved = screener.save_revision()
        published = screener.save_revision()
        published.publish()
        made = timezone.now() - dt.timedelta(weeks=publishes - week)
        Revision.objects.filter(pk__in=[autosaved.pk, published.pk]).update(
            created_at=made
        )
        screener = Screener.objects.get(pk=screener.pk).get_latest_revision_as_object()
        if week in (publishes // 2, publishes - 1):
            weighed.append(weigh(kind))
    before = sum(weighed[-1].values())
    call_command("thin_revisions", verbosity=0)
    after = weigh(kind)
    last = Release.current(screener.key)
    assert last
    old, new = (engine.load_release(one.canonical).data for one in (first, last))
    same = old["findings"] == new["findings"] and old["facts"] == new["facts"]
    published_weeks = Publication.objects.filter(screener_key=screener.key).count()
    half, whole = (one["releases"] for one in weighed)
    weekly = (whole - half) / (publishes - 1 - publishes // 2)
    # Of revisions the newest stay, one a month of two years, and one of eight years.
    revision = weigh_revision(kind, screener)
    stay = 20 + 24 + 8
    years = SCREENERS * (after["releases"] + weekly * WEEKS + revision * stay)
    print(
        f"{kind}: {publishes} publishes took {before / 1e6:.1f} MB, of which "
        f"{sum(after.values()) / 1e6:.1f} are left: {_in_words(after)}"
    )
    print(
        f"  a week of releases {weekly / 1e3:.1f} kB, a revision "
        f"{revision / 1e3:.0f} kB; ten years of {SCREENERS} screeners "
        f"{years / 1e9:.2f} GB (at most {MOST / 1e9:.0f})"
    )
    whole_log = published_weeks >= publishes
    return 0 if years <= MOST and same and whole_log else 1


def weigh(kind: str) -> dict[str, float]:
    """Bytes of the rows, with the database's own overhead where it tells."""
    from django.db import connection

    tables = {
        "revisions": ["wagtailcore_revision"],
        "releases": [
            "screening_block_release",
            "screening_block_releasepiece",
            "screening_block_publication",
        ],
    }
    with connection.cursor() as cursor:
        found = {}
        for name, parts in tables.items():
            total = 0.0
            for table in parts:
                if kind == "postgresql":
                    cursor.execute(f"VACUUM FULL {table}")
                    cursor.execute("SELECT pg_total_relation_size(%s)", [table])
                else:
                    # Of what is written, one page in ten is half empty.
                    cursor.execute(f"PRAGMA table_info({table})")
                    columns = [row[1] for row in cursor.fetchall()]
                    sizes = "+".join(
                        f'COALESCE(LENGTH(CAST("{one}" AS BLOB)), 0)' for one in columns
                    )
                    cursor.execute(f"SELECT 1.1 * SUM({sizes}) FROM {table}")
                total += cursor.fetchone()[0] or 0
            found[name] = total
    return found


def weigh_revision(kind: str, screener: Any) -> float:
    """Bytes of a revision of the screener, on the average."""
    from django.db import connection

    size = "pg_column_size(content)" if kind == "postgresql" else "LENGTH(content)"
    ids = list(screener.revisions.values_list("pk", flat=True))
    marks = ",".join(["%s"] * len(ids))
    sql = f"SELECT 1.1 * AVG({size}) FROM wagtailcore_revision WHERE id IN ({marks})"
    with connection.cursor() as cursor:
        cursor.execute(sql, ids)
        return float(cursor.fetchone()[0])


def _in_words(sizes: dict[str, float]) -> str:
    return ", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in sizes.items())


if __name__ == "__main__":
    sys.exit(main())
