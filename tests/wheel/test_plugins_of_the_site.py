"""A site with a `plugins` of its own is told so, and not by a name that is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run

SETTINGS = """
SECRET_KEY = "x"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "WANTED"]
"""


@pytest.mark.parametrize("own", ["plugins.py", "plugins/__init__.py"])
@pytest.mark.parametrize("app", ["screening_block", "screening_block.api"])
def test_the_start_stops_and_names_the_file_that_was_found(
    run: Run, tmp_path: Path, own: str, app: str
) -> None:
    (tmp_path / own).parent.mkdir(exist_ok=True)
    (tmp_path / own).write_text("raise RuntimeError('nothing of it is run')")
    (tmp_path / "its_settings.py").write_text(SETTINGS.replace("WANTED", app))
    done = run(tmp_path, "-m", "django", "check", "--settings=its_settings")
    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode == 1
    assert last.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert f"Python finds {tmp_path / own} under that name" in last


def test_a_folder_that_is_no_package_is_in_nobody_s_way(
    run: Run, tmp_path: Path
) -> None:
    """Python prefers the kit to it, so nothing is wrong."""
    (tmp_path / "plugins").mkdir()
    done = run(tmp_path, "-c", "import screening_block, plugins; plugins.registry")
    assert done.returncode == 0, done.stderr
