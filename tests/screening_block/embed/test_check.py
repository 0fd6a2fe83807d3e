"""The page of checks, its words, and the addresses that are there for them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from django.test import Client

from screening_block.embed.check_reasons import describe_reasons
from screening_block.embed.check_words import list_groups
from tests.parts_of_pages import find_foreign

ROOT = Path(__file__).parents[3]
SCRIPTS = ROOT / "screening_block/static/screening_block/check"
GIVES = re.compile(r"\b(?:expect|need|Failed|NotPossible)\(")


def test_each_check_has_words_and_each_reason_a_sentence() -> None:
    text = "\n".join(path.read_text("utf-8") for path in SCRIPTS.glob("*_checks.js"))
    words = {
        check["key"]: check for group in list_groups() for check in group["checks"]
    }
    quoted = set(re.findall(r'"([a-z][\w-]*)"', text))
    assert set(words) <= quoted
    assert len(words) >= 30
    for check in words.values():
        assert all(check.values())
    reasons = describe_reasons()
    more = (SCRIPTS / "stage.js", SCRIPTS / "subject.js", SCRIPTS / "run.js")
    text += "\n".join(path.read_text("utf-8") for path in more)
    given = set()
    for found in GIVES.finditer(text):
        call = text[found.end() : found.end() + 400].split(";")[0]
        given |= {one for one in re.findall(r'"([a-z_]+)"', call) if one in reasons}
    assert set(reasons) - given <= {"needs"}


def test_the_page_checks_one_of_the_screeners(client: Client, screener: Any) -> None:
    page = client.get("/embed/v1/check", {"locale": "es", "screener": "nowhere"})
    text = page.content.decode()
    assert page.status_code == 200
    assert 'src="/api/v1/screeners/small/"' in text
    assert "Comprobar la inserción" in text
    # Its questions are in English alone.
    assert '<html lang="es"' in text
    assert find_foreign(re.sub("(?s)<textarea.+?</textarea>", "", text)) == {}
    assert "&lt;legal-screener-check src=&quot;http://testserver/api/v1/" in text
    assert page["X-Robots-Tag"] == "noindex"
    screener.unpublish()
    text = client.get("/embed/v1/check").content.decode()
    assert "There is no screener to check yet." in text
    assert "check.js" not in text


def test_the_words_are_a_module_that_every_page_may_load(client: Client) -> None:
    answer = client.get("/embed/v1/check/words.js", {"locale": "es-MX"})
    text = answer.content.decode()
    words = json.loads(text.removeprefix("export default ").removesuffix(";\n"))
    assert words["ui"]["lang"] == "es"
    assert words["ui"]["failed"] == "Mal"
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Access-Control-Allow-Origin"] == "*"
    other = client.get("/embed/v1/check/words.js", {"locale": "xx"}).content.decode()
    assert '"failed": "Failed"' in other


def test_what_is_gone_answers_as_the_real_addresses_do(
    client: Client, screener: Any
) -> None:
    asked = {"words": "es"}
    real = client.get("/api/v1/screeners/nowhere/", asked)
    made = client.get("/embed/v1/check/withdrawn/", asked)
    assert (made.status_code, made.json()) == (real.status_code, real.json())
    assert made["Content-Type"] == real["Content-Type"]
    made = client.get("/embed/v1/check/recalled/", asked)
    assert made.status_code == 410
    assert "Esta dirección es para comprobaciones" in made.json()["detail"]
    assert made["Access-Control-Allow-Origin"] == "*"
    assert client.get("/embed/v1/check/other/").status_code == 404
    # And no other request is touched by it.
    assert client.get("/api/v1/screeners/small/", asked).status_code == 200


def test_tried_frames_are_the_frames_with_one_script_more(
    client: Client, screener: Any
) -> None:
    script = '<script type="module" src="/embed/v1/check-frame.js"></script>'
    for state, status, real in (
        ("live", 200, "/embed/v1/small/"),
        ("withdrawn", 404, "/embed/v1/nowhere/"),
        ("recalled", 410, ""),
    ):
        made = client.get(f"/embed/v1/check/frame/{state}/small/")
        assert made.status_code == status
        text = made.content.decode()
        assert script in text
        assert "X-Frame-Options" not in made
        assert made["Cross-Origin-Embedder-Policy"] == "credentialless"
        if real:
            answer = client.get(real)
            found = answer.content.decode().replace("nowhere", "small")
            assert text.replace(script, "") == found
            policy = "Content-Security-Policy"
            assert made[policy] == answer[policy]
            assert script not in found
