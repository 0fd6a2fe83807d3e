"""Eight editors at once on one screener. One command, no arguments needed:

    .venv/bin/python benchmarks/crowd.py [--editors 8] [--seconds 120] [--threads 8]
                                         [--on sqlite|postgresql]

A real server in one process with many threads, which is harder on it than the advised
one thread a process. Every editor has a session, and in turn saves or publishes the
same screener, its threshold or a row of its chart; one publish of four is broken, in
one of several places. Each save carries a word of its own in several fields. Then:

- no broken publish was accepted, and each was answered with what is wrong with it;
- every save that was accepted is a revision, with its word in all of its fields and
  no other editor's;
- no answer showed what was wrong with another editor's draft;
- what is live compiles to the current release.

Ends with 1 if one of it does not hold.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import requests
from crowd_editor import PASSWORD, SOUND, WORD, Editor, Tally, change
from databases import KINDS, SMALL, new_site, on_each


def crowd(options: argparse.Namespace, folder: Path) -> int:
    from django.contrib.auth import get_user_model
    from django.db import connections
    from django.urls import reverse

    from screening_block.models import ChartRow, Screener, Threshold
    from tests.screening_block import small

    release = small.release()
    SOUND["applies_when"] = release["findings"][0]["applies_when"]
    SOUND["when"] = release["facts"][0]["when"]
    names = [str(number) for number in range(options.editors)]
    for name in names:
        get_user_model().objects.create_superuser(name, "e@example.org", PASSWORD)
    page = Screener.objects.get(key=SMALL)
    addresses = {"screener": reverse("wagtailadmin_pages:edit", args=[page.pk])}
    records = [
        ("threshold", Threshold.objects.get(key="af_term")),
        ("row", ChartRow.objects.get(key="pc_25400")),
    ]
    for what, record in records:
        name = record.snippet_viewset.get_url_name("edit")
        addresses[what] = reverse(name, args=[record.pk])
    connections.close_all()
    tally = Tally()
    with server(options.threads, folder) as site:
        editors = [Editor(site, name, tally) for name in names]
        until = time.monotonic() + options.seconds
        with ThreadPoolExecutor(options.editors) as pool:
            for done in [pool.submit(e.work, addresses, until) for e in editors]:
                done.result()
    tally.wrong += examine(tally.saved)
    posts = sorted(tally.seconds)
    print(
        f"{options.on}: {options.editors} editors for {options.seconds} s, "
        f"{len(posts)} posts, median {posts[len(posts) // 2]:.2f} s, "
        f"{len(tally.wrong)} wrong"
    )
    for what, times in tally.done.most_common():
        print(f"  {times:>5}  {what}")
    for wrong in tally.wrong[:10]:
        print("  WRONG", wrong)
    enough = tally.done["broken publish refused"] and tally.done["screener published"]
    return 1 if tally.wrong or not enough else 0


@contextmanager
def server(threads: int, folder: Path) -> Iterator[str]:
    """The site in one process; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "granian", "--interface=wsgi", "--no-ws"]
    command += ["--host=127.0.0.1", f"--port={port}", "--log-level=warning"]
    command += ["--workers=1", f"--blocking-threads={threads}", "cms.wsgi:application"]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=log, env={**os.environ, "SITE_URL": site}
        )
        try:
            for _attempt in range(600):
                with suppress(requests.ConnectionError):
                    requests.get(f"{site}/admin/login/", timeout=60)
                    break
                time.sleep(0.1)
            yield site
        finally:
            process.terminate()
            process.wait()

    for line in (folder / "server.log").read_text().splitlines():
        if "Traceback" in line or "Error" in line:
            print("  server:", line)


def examine(saved: list[tuple[str, str]]) -> list[str]:
    """What does not hold in the database afterwards."""
    from wagtail.models import Revision

    from screening_block.engine import load_release
    from screening_block.models import Release, Screener
    from screening_block.publishing.compile import compile_screener

    wrong = []
    kept: dict[str, int] = {}
    for content in Revision.objects.values_list("content", flat=True):
        # The title of the newest draft, kept beside what is live.
        content.pop("draft_title", None)
        text = json.dumps(content)
        words = Counter(WORD.findall(text))
        if len(words) > 1:
            wrong.append(f"a revision has the words of several saves: {words}")
        kept |= dict(words)
    for what, word in saved:
        fields = sum(word in text for text in change(what, word).values())
        if kept.get(word, 0) < fields:
            wrong.append(f"{what}: the draft {word} is not whole: {kept.get(word)}")
    for release in Release.objects.all():
        if "gone_" in release.canonical:
            wrong.append(f"a broken publish was accepted: {release}")
    screener = Screener.objects.get(key=SMALL)
    public = Release.current(SMALL)
    if public is None or load_release(compile_screener(screener)).sha256 != public.pk:
        wrong.append("what is live is not what the current release was made of")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description="Editors who work at once.")
    parser.add_argument("--editors", type=int, default=8)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--on", choices=KINDS)
    options = parser.parse_args()
    if options.on is None:
        return on_each(__file__, sys.argv[1:])
    with new_site(options.on) as folder:
        return crowd(options, folder)


if __name__ == "__main__":
    sys.exit(main())
