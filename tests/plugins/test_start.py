"""A broken plugin stops the start in strict mode and only itself in production.

Each test starts a process of its own: what is tested is how Django gets ready.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

APPS = """
from plugins import PluginConfig

class Config(PluginConfig):
    name = "NAME"
    contributes = {"article_blocks": ["NAME.blocks.BLOCK"]}
"""
BLOCKS = """
from wagtail import blocks
from plugins import ArticleBlock
BLOCK = ArticleBlock(key="NAME.x", block=blocks.CharBlock, contexts=("kit",))
"""
MANIFEST = """
name = "NAME"
version = "1.0.1"
api = "1.0"
label = "Label of NAME"
app = "NAME.apps.Config"
"""
MODELS = """
from django.db import models

class Half(models.Model):
    owner = models.ForeignKey("auth.User", models.CASCADE)
"""
READY = """
    def ready(self):
        raise RuntimeError("broken on purpose")
"""
RAISE = '\nraise RuntimeError("broken on purpose")\n'
BROKEN = {
    "bad_models": {"models.py": MODELS + RAISE},
    "bad_hooks": {"wagtail_hooks.py": RAISE},
    "bad_contribution": {"blocks.py": RAISE},
    "wrong_type": {"blocks.py": "BLOCK = object()"},
    "no_block": {"blocks.py": BLOCKS.replace("blocks.CharBlock", "dict")},
    "bad_ready": {"apps.py": APPS + READY},
    "wrong_api": {"plugin.toml": MANIFEST.replace("1.0", "7.0")},
    "bad_manifest": {"plugin.toml": "name = "},
    "wrong_kind": {"apps.py": APPS.replace("article_blocks", "article_block")},
}
# Uses the site: the admin answers, and the broken plugins are reported.
PROBE = """
import json, django
django.setup()
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core import checks
from django.core.management import call_command
from django.test import Client
from plugins import registry
from plugins.status import get_plugin_statuses
# Empty tables will do, and are there sooner than by the migrations.
settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
call_command("migrate", run_syncdb=True, verbosity=0)
found = checks.run_checks(tags=["plugins"])
print(json.dumps({
    "login": Client().get("/admin/login/").status_code,
    "status": {s.name: [s.state, s.problem] for s in get_plugin_statuses()},
    "quarantine": {m.msg.split()[2]: m.hint for m in found if m.id == "plugins.W101"},
    "blocks": list(registry.all("article_blocks")),
    "related": [str(r.related_model) for r in User._meta.related_objects],
}))
"""
SETUP = "import django; django.setup()"


def start(tmp_path, plugins, strict, code=PROBE):
    for name, files in plugins.items():
        (tmp_path / name).mkdir()
        sound = {"__init__.py": "", "apps.py": APPS, "blocks.py": BLOCKS}
        for file, text in {**sound, **files}.items():
            (tmp_path / name / file).write_text(text.replace("NAME", name))
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")} | {
        "DJANGO_SETTINGS_MODULE": "tests.kit_settings",
        "KIT_EXTRA_APPS": ",".join(plugins),
        "PLUGINS_STRICT": strict,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path)]),
    }
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_in_production_only_the_broken_plugins_are_put_aside(tmp_path):
    done = start(tmp_path, {**BROKEN, "sound": {}}, strict="0")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["login"] == 200
    states = {name: state for name, (state, _problem) in result["status"].items()}
    assert {n for n, state in states.items() if state == "quarantined"} == set(BROKEN)
    assert states["sound"] == states["dummy_plugin"] == "enabled"
    assert result["blocks"] == [
        "dummy_plugin.exploding",
        "dummy_plugin.notice",
        "sound.x",
    ]
    # Each with its own traceback, and nothing half-made left behind.
    assert set(result["quarantine"]) == set(BROKEN)
    assert all("Traceback" in hint for hint in result["quarantine"].values())
    assert "broken on purpose" in result["status"]["bad_hooks"][1]
    assert "Half" not in str(result["related"])


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["bad_models", "bad_hooks", "bad_contribution", "bad_ready"]
)
def test_in_strict_mode_it_stops_the_start(tmp_path, name):
    done = start(tmp_path, {name: BROKEN[name]}, strict="1", code=SETUP)
    assert done.returncode != 0
    assert "broken on purpose" in done.stderr


@pytest.mark.slow
def test_a_sound_plugins_hooks_are_imported_once(tmp_path):
    files = {"wagtail_hooks.py": "print('hooks imported')"}
    again = "; from wagtail import hooks; hooks.search_for_hooks()"
    done = start(tmp_path, {"sound": files}, strict="1", code=SETUP + again)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("hooks imported") == 1


@pytest.mark.slow
def test_the_cores_own_app_is_never_put_aside(tmp_path):
    files = {"apps.py": APPS + "    core = True\n", "blocks.py": RAISE}
    done = start(tmp_path, {"core_app": files}, strict="0", code=SETUP)
    assert "broken on purpose" in done.stderr
    assert done.returncode != 0


def test_settings_can_ask_for_plugins_before_django_is_configured(tmp_path):
    code = (
        "import sys; from plugins import installed_plugins; installed_plugins();"
        "assert 'wagtail' not in sys.modules and 'django.db.models' not in sys.modules"
    )
    env = {"PATH": os.environ["PATH"], "PLUGINS_STRICT": "0"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
