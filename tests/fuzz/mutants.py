"""Defects on purpose, in either half, and whether the fuzzer catches them.

Each is a text put in place of another that must stand in the file exactly `count`
times: a defect that no longer fits is an error, so the list cannot rot unseen.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .cases import ROOT

PYTHON_HALF = ROOT / "screening_block" / "engine"
JS_HALF = ROOT / "screening_block" / "static" / "screening_block" / "engine"
HERE = Path(__file__).parent
#: Seconds; without a defect a corpus takes a fraction of this.
LONGEST = 300


@dataclass(frozen=True)
class Mutant:
    """One defect. `file` names the half too: `.js` or `.py`."""

    file: str
    old: str
    new: str
    count: int = 1

    @property
    def source(self) -> Path:
        return (JS_HALF if self.file.endswith(".js") else PYTHON_HALF) / self.file

    @property
    def name(self) -> str:
        return f"{self.file}: {self.old.strip()} -> {self.new.strip()}"

    def text(self) -> str:
        """The file with the defect in it."""
        text = self.source.read_text("utf-8")
        found = text.count(self.old)
        if found != self.count:
            raise ValueError(f"{self.name}: stands there {found} times")
        return text.replace(self.old, self.new)

    def install(self, folder: Path) -> None:
        """A copy of the Python half under `folder`, with the defect."""
        half = folder / "screening_block" / "engine"
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(PYTHON_HALF, half, ignore=shutil.ignore_patterns("__pycache__"))
        (half / self.file).write_text(self.text(), "utf-8")
        (half.parent / "__init__.py").touch()


def differs(mutant: Mutant, corpus: Path, folder: Path) -> bool:
    """Whether the Python half with this defect differs on a corpus (jobs, one JSON
    line each). A crash and a run without end count: nobody would overlook them."""
    mutant.install(folder)
    command = [sys.executable, "-B", str(HERE / "replay.py"), str(folder), str(corpus)]
    try:
        done = subprocess.run(
            command, capture_output=True, check=False, timeout=LONGEST
        )
    except subprocess.TimeoutExpired:
        return True
    return bool(done.returncode)


#: No defects: if these are caught, it is for another reason.
CONTROLS = (
    Mutant("engine.js", "evaluate, walk", "evaluate, walk"),
    Mutant("__init__.py", "    walk,", "    walk,"),
)
#: The suite tries these; the command tries all.
FEW = (
    Mutant("dates.js", "next_day ? 101 : most", "next_day ? 102 : most"),
    Mutant("atoms.js", "from <= as_of", "from < as_of"),
    Mutant("program.js", 'op === "not" || values', "values"),
    Mutant("evaluate.js", "three[part] > 0", "three[part] === 2"),
    Mutant("turning.js", "(better(start[best]))", "(false)"),
    Mutant("presented.js", "!other.sure && ", ""),
    Mutant("atoms.py", "members(value)), default=0)", "members(value)), default=1)"),
    Mutant("levels.py", "if applies == YES and unless == NO:", "if applies == YES:"),
    Mutant("turning.py", "if better(sure) else None", "or None"),
)
MUTANTS = (
    *FEW,
    # Dates
    Mutant("dates.js", " + div(year, 400)", ""),
    Mutant("dates.js", "first = 1900", "first = 1901"),
    Mutant("dates.js", "years: 12", "years: 24"),
    Mutant("dates.js", "153 * month - 457", "153 * month - 456"),
    Mutant("dates.js", "[0-9]{2}$/", "[0-9]{2}/"),
    Mutant("dates.py", "and (year % 100 != 0 or year % 400 == 0)", ""),
    Mutant("dates.py", "if day > length:", "if day >= length:"),
    Mutant("dates.py", "month, day = month + 1, 1", "month, day = month + 1, 2"),
    Mutant("dates.py", "    if month < 3:", "    if month < 2:"),
    Mutant("dates.py", "day = length\n", "day = 28\n"),
    # Answers
    Mutant("types.js", "keys.length < 2", "keys.length < 3"),
    Mutant("types.js", ".sort();", ";"),
    Mutant("types.js", "value < min || value > max", "value < min"),
    Mutant("types.js", "new Set(keys).size === keys.length", "true"),
    Mutant("answers.js", "value === null ? null : read", "!value ? null : read"),
    Mutant("answers.js", '.test(key) ? key : ""', ".test(key) ? key : key"),
    Mutant("types.py", "number > question.maximum", "number >= question.maximum"),
    Mutant("types.py", "if len(picked) > 1 and not", "if len(picked) > 2 and not"),
    Mutant("answers.py", "elif value is not None:", "elif value:"),
    Mutant(
        "canonical.py", "    if isinstance(value, bool):\n        return None\n", ""
    ),
    # Atoms
    Mutant("atoms.js", "a < b", "a <= b"),
    Mutant("atoms.js", "a >= b", "a > b"),
    Mutant(
        "atoms.js",
        "has_all: (wanted, picked) => wanted.every",
        "has_all: (wanted, picked) => wanted.some",
    ),
    Mutant(
        "atoms.js",
        "=> !some(wanted, picked)",
        "=> !wanted.every((key) => picked.includes(key))",
    ),
    Mutant("atoms.js", "cells[index] === undefined ? 1 : truth", "truth"),
    Mutant("atoms.js", "cell === null ? 1 : truth", "cell === null ? 0 : truth"),
    Mutant("atoms.js", "Math.max(0, ...picked", "Math.min(2, ...picked"),
    Mutant("atoms.js", "key_day(b) - key_day(a)", "b - a"),
    Mutant("atoms.js", 'roll === "next_day"', 'release.roll === "next_day"'),
    Mutant("atoms.js", "values.findLast", "values.find"),
    Mutant("atoms.py", '"le": functions.le', '"le": functions.lt'),
    Mutant("atoms.py", "else test(a, value, law)", "else test(value, a, law)"),
    Mutant(
        "atoms.py",
        "cell is None:\n            return 1",
        "cell is None:\n            return 0",
    ),
    Mutant("atoms.py", 'node.get("roll", model.roll)', "model.roll"),
    Mutant("atoms.py", "key_day(until) - key_day(start)", "until - start"),
    Mutant("model.py", "bisect_right", "bisect_left", 2),
    # One answer after the other
    Mutant("replay.py", " and self.open_at[slot] == mask", ""),
    Mutant("replay.py", "        if cell is not None:\n", "        if cell:\n"),
    Mutant("replay.py", "if value == UNKNOWN:", "if value == mask:"),
    # Groups, reasons, what is missing
    Mutant("program.js", "kids.length : n;", "kids.length : 1;"),
    Mutant(
        "program.js",
        "return 2 - values[node.kids[0].index]",
        "return values[node.kids[0].index] ? 0 : 2",
    ),
    Mutant("program.js", "counts[2] + counts[1] >= least", "counts[1] >= least"),
    Mutant("program.js", "push(...by.reverse())", "push(...by)"),
    Mutant("program.js", "if (unknown(kid)) seen", "seen"),
    Mutant("program.js", "== null) found", "=== undefined) found"),
    Mutant(
        "program.js",
        "[...found].sort((one, other) => one.index - other.index",
        "[...found].sort((one, other) => other.index - one.index",
    ),
    Mutant("program.py", "tuple(YES if ask", "tuple(NO if ask"),
    Mutant("program.py", "values.count(YES) >= n", "values.count(YES) > n"),
    Mutant("program.py", "values.count(NO) < n", "values.count(NO) <= n"),
    Mutant("program.py", 'kids if op == "at_least" else tuple(', "tuple("),
    Mutant("program.py", '        if op != "not":\n', "        if op:\n"),
    Mutant("program.py", "if value == unknown:", "if value != NO:"),
    # Levels, what comes next
    Mutant("evaluate.js", "applies === 2 && unless === 0", "applies === 2"),
    Mutant("evaluate.js", "applies || may_apply ?", "applies ?"),
    Mutant("evaluate.js", "part !== 1", "part === 0"),
    Mutant("evaluate.js", "(three[2] === 2) === (part === 2)", "true"),
    Mutant("evaluate.js", "value(gate) === 2", "value(gate) > 0"),
    Mutant(
        "evaluate.js", "level(bits) !== level(bits ^ (1 << part))", "three[part] === 1"
    ),
    Mutant("evaluate.js", "value(when) === 2", "value(when) > 0"),
    Mutant("evaluate.js", "value(urgent) === 2", "value(urgent) > 0"),
    Mutant("evaluate.js", "key in values && ", ""),
    Mutant("levels.py", "return 0, 2", "return (0,)"),
    Mutant(
        "evaluate.py",
        "values[program.slots[gate]] == YES",
        "values[program.slots[gate]]",
    ),
    Mutant(
        "evaluate.py",
        "if given.cells[place] is NOT_ASKED:",
        "if given.cells[place] in (NOT_ASKED, None):",
    ),
    Mutant(
        "evaluate.py", 'if cell is None else "not_asked"', 'if cell else "not_asked"'
    ),
    Mutant("evaluate.py", "if values[urgent] == YES", "if values[urgent]"),
    Mutant("evaluate.py", "for part in OPEN[index]:", "for part in range(3):"),
    # Releases and words
    Mutant("release.js", "?? column_of.get(column)?.default", ""),
    Mutant("release.js", "assign({ __proto__: null }", "assign({}"),
    # The day it turns
    Mutant("turning.js", "&& day < 21010000", ""),
    Mutant("turning.js", "n < 2 - from", "n < 1 - from"),
    Mutant("turning.js", "period < 0 ? -3 : 0", "0"),
    Mutant("turning.js", 'op === "not" ? [high, low]', "0 ? [high, low]"),
    Mutant("turning.js", "now === 1 && [", "now === 1 || ["),
    Mutant("turning.js", "cells[index] == null", "cells[index] === undefined"),
    Mutant("turning.js", "parts[0] ? 2 : 1", "2"),
    Mutant("turning.js", "return better(then[up ? 0 : 2]) ? day : null", "return day"),
    Mutant("turning.js", "place < 2 ? does", "place < 1 ? does"),
    Mutant("turning.js", "new Set(known)", "new Set()"),
    Mutant("wording.js", "left ?? (at", "left || (at"),
    Mutant("wording.js", "day ? null : at(book.undated)", "null"),
    Mutant("explain.js", "value ? told.yes : told.no", "told.yes"),
    Mutant("explain.js", "meets === (truth === 2)", "meets"),
    Mutant("explain.js", "values[key] == null && said", "said"),
    Mutant("calendar.js", "join(1969", "join(1971"),
    Mutant("wording.js", ")?.trim();", ");"),
    Mutant("wording.js", 'padStart(form.digits, "0")', 'padStart(1, "0")'),
    Mutant("wording.js", "[...new Set(items)]", "[...items]"),
    Mutant("turning.js", "up ? 0 : 2", "0"),
    Mutant("turning.py", "day.level if up else day.most", "day.level"),
    Mutant("turning.py", "today.level < ranks.highest", "today.level < 2"),
    Mutant("turning.py", "if link >= 0 and link not in seen", "if 0"),
    Mutant("turning.py", "sign * period", "period"),
    Mutant("turning.py", "yield from starts[1:]", "pass"),
    Mutant("turning.py", "range(-3, 5)", "range(2)"),
    Mutant("program.py", "if combine is _negate:", "if False:"),
    # The order of a result
    Mutant("presented.js", "other.weight > weight", "other.weight >= weight"),
    Mutant("presented.js", "!(calm && waits)", "true"),
    Mutant("presented.js", "!(grave && reassures)", "true"),
    Mutant("presented.js", "perhaps <= open_most", "true"),
    Mutant("presented.js", "calm || group ===", "group ==="),
    Mutant("presented.js", "(now ? 1e6 : 0)", "0"),
    Mutant("presented.js", "values[node.index] === 2", "values[node.index] > 0"),
    Mutant("presented.py", "len(opened) < most", "len(opened) <= most"),
    Mutant("presented.py", '"may_apply" and _weight(f)', '"may_apply"'),
    Mutant("presented.py", "if f.key not in calm)", "if f)"),
    Mutant("presented.py", "now.update(outcome.relevant)", "pass"),
    Mutant("program.py", "self.masks[slot] & unanswered:", "True:"),
    Mutant("undated.py", "if not heading:", "if False:"),
    Mutant("phrases.py", "cmp if yes else DENIED[cmp]", "cmp"),
    Mutant("wording.py", "dict.fromkeys(texts)", "texts"),
)
EQUIVALENT: tuple[tuple[Mutant, str], ...] = ()
