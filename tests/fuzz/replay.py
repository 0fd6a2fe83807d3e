"""Runs the cases of a corpus on a copy of the Python half that stands in a folder.

    python replay.py FOLDER CORPUS

Ends with 1 at the first case whose picture is not the one in the corpus.
"""

import json
import sys
from pathlib import Path

sys.path[:0] = [sys.argv[1], str(Path(__file__).resolve().parents[2])]

from screening_block import engine  # noqa: E402
from tests.fuzz import cases  # noqa: E402

if not Path(engine.__file__).is_relative_to(Path(sys.argv[1]).resolve()):
    sys.exit("This is not the copy that was to be run.")
with Path(sys.argv[2]).open(encoding="utf-8") as lines:
    for job in map(json.loads, lines):
        release = engine.load_release(job["release"])
        for case in job["cases"]:
            given = (case["answers"], case["as_of"], job["locale"], case["words"])
            if cases.flat(cases.picture(release, *given)) != case["picture"]:
                print(json.dumps(case))
                sys.exit(1)
