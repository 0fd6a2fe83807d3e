"""No file ends the process that reads it, or holds it; each refusal names the line."""

import json
import os
import subprocess
import sys

import pytest

from screening_block.packs.read import PackError, read_file, read_pack

from . import hostile

# Seconds of processor time. Half a second is usual on a machine that does much else.
MOST_SECONDS = 2.0


@pytest.fixture(scope="module")
def said() -> dict[str, tuple[list[str], float]]:
    """What was said of each file, read where a crash ends another process than ours."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.screening_block.packs.hostile"],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
    )
    assert done.returncode == 0, f"it died: {done.stderr[-300:]}"
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", hostile.REFUSED)
def test_a_hostile_file_is_refused_by_its_line_and_soon(said, name) -> None:
    problems, seconds = said[name]
    assert problems, "it was read"
    assert problems[0].startswith(hostile.REFUSED[name][1])
    assert max(map(len, problems)) < 300
    assert seconds < MOST_SECONDS


@pytest.mark.parametrize("name", hostile.READ)
def test_what_only_looks_deep_is_read(said, name) -> None:
    problems, seconds = said[name]
    assert problems == []
    assert seconds < MOST_SECONDS


def test_so_many_problems_are_told_and_no_more(tmp_path) -> None:
    entries = "".join("- {lable: x}\n" for _ in range(30_000))  # codespell:ignore
    with pytest.raises(PackError) as caught:
        read_file(f"format: 1\nscreener: {{}}\nfacts:\n{entries}", "f")
    assert 100 < len(caught.value.problems) <= 200


def test_a_pack_of_several_files_is_bounded_the_same_way(tmp_path) -> None:
    (tmp_path / "facts.yaml").write_text("- a: " + "[" * 20_000)
    with pytest.raises(PackError) as caught:
        read_pack(tmp_path)
    assert "facts.yaml:1: nested too deep: at most 32 levels" in caught.value.problems
