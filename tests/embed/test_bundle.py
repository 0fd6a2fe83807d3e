"""Several modules become one, or the place that is not understood is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening_block.embed.bundle import BundleError, bundle


def made(folder: Path, **files: str) -> str:
    for name, text in files.items():
        (folder / f"{name}.js").write_text(text)
    return bundle(folder / "main.js")


def test_functions_come_first_and_modules_after_what_they_need(
    tmp_path: Path,
) -> None:
    text = made(
        tmp_path,
        main='import {\n  b,\n} from "./b.js";\nimport { a } from "./a.js";\n'
        "export const done = () => a + b();\n",
        b='import { a } from "./a.js";\n\n/** Doc. */\nexport function b() {\n'
        "  return a; // why\n}\n",
        a="const one = 1;\nexport const a = one;\n",
    )
    assert text == (
        "export const { done } = (() => {\n"
        "function b() {\n  return a; // why\n}\n"
        "let one = 1;\nlet a = one;\nlet done = () => a + b();\n"
        "return { done };\n})();\n"
    )


def test_what_nothing_reaches_is_left_out_and_what_acts_is_kept(tmp_path: Path) -> None:
    text = made(
        tmp_path,
        main='export { used } from "./a.js";\nstart();\n',
        a="export function used() {}\nexport function unused() {\n  helper();\n}\n"
        "function helper() {}\nfunction start() {}\n",
    )
    assert "unused" not in text
    assert "helper" not in text
    assert "function start() {}" in text
    assert "start();" in text


A = 'import { a } from "./a.js";\n'
REFUSED = {
    "two modules with one name": (
        {"main": f"{A}const b = a;\n", "a": "export const a = 1;\nconst b = 2;\n"},
        "“b” is declared in",
    ),
    "a circle": (
        {"main": A, "a": 'import { b } from "./main.js";\n'},
        "main.js -> a.js -> main.js",
    ),
    "a default export": ({"main": "export default 1;\n"}, "“export default 1;”"),
    "a renamed import": (
        {"main": 'import { a as b } from "./a.js";\n', "a": "export const a = 1;\n"},
        "a as b",
    ),
    "a whole module": (
        {"main": 'import * as a from "./a.js";\n', "a": ""},
        "import * as a",
    ),
    "another package": ({"main": 'import { a } from "react";\n'}, "“import { a } from"),
    "a file that is not there": ({"main": A}, "no ./a.js"),
    "a name that is not there": (
        {"main": A, "a": "const a = 1;\n"},
        "“a” is not there",
    ),
    "a pattern from parentheses": (
        {"main": "function f(a) {\n  const b = a();\n  const [c] = (b.c).d;\n}\n"},
        "“const [c] = (b.c).d” takes a pattern from parentheses",
    ),
    "names taken apart": ({"main": "const { a, b } = c;\n"}, "“const { a, b } = c;”"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_another_style_is_refused_by_name(tmp_path: Path, case: str) -> None:
    files, reason = REFUSED[case]
    with pytest.raises(BundleError) as refusal:
        made(tmp_path, **files)
    assert reason in str(refusal.value)
    assert str(tmp_path) in str(refusal.value)
