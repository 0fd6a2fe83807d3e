"""A screener as one file: what goes out comes in the same, or not at all."""

from __future__ import annotations

import copy
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Revision

from screening_block import engine
from screening_block.models import ChartRow, Release, Scenario, Screener, Threshold
from screening_block.packs.read import read_file
from screening_block.packs.write import write_file
from screening_block.publishing.parts import hash_part, split_release
from screening_block.publishing.restore import write_drafts
from tests.law_pack import law_pack
from tests.screening_block import small
from tests.screening_block.engine import generate

TAKE_IN = "screening_block_take_in"
CASE = {
    "name": "A citizen",
    "why": "Nothing may apply to a citizen.",
    "as_of": "2026-11-23",
    "answers": {"status": "citizen"},
    "expect": {"agg_felony_violence_1yr": "not_apply"},
}


def test_what_is_written_is_read_back_as_the_same_release() -> None:
    pack = law_pack()
    for release, scenarios in (
        (pack.release(), pack.scenarios),
        (small.with_sections(), []),
        (small.with_short(), []),
    ):
        read = read_file(write_file(release, scenarios), "file.yaml")
        assert engine.canonical(read.release()) == engine.canonical(release)
        assert read.scenarios == scenarios
    for seed in range(30):
        release = generate.release(random.Random(seed))
        read = read_file(write_file(release), "file.yaml").release()
        # Random releases have empty lists of texts, which say nothing.
        assert said(read) == said(release)


def said(release: dict) -> dict:
    return {name: hash_part(part) for name, part in split_release(release).items()}


def translated() -> dict:
    """The small release with Spanish texts."""
    release = small.release()
    spanish = copy.deepcopy(release["texts"]["en"])
    spanish["title"] = "Un cuestionario"
    spanish["questions"]["status"]["label"] = "Su estatus hoy"
    spanish["thresholds"]["af_term"]["label"] = "Días para un delito agravado"
    release["texts"]["es"] = spanish
    release["questions"][-1]["off_paper"] = True
    release["findings"][-1]["off_paper"] = True
    return release


def publish_drafts() -> None:
    for model in (Threshold, *[ChartRow._meta.get_field("chart").related_model]):
        _publish(model)
    _publish(ChartRow)
    _publish(Screener)


def _publish(model) -> None:
    for record in model.objects.order_by("pk"):
        draft = record.get_latest_revision_as_object()
        draft.save_revision().publish(skip_permission_checks=True)


def test_a_file_makes_a_whole_screener_where_there_is_none(root) -> None:
    Locale.objects.get_or_create(language_code="es")
    release = translated()
    drafts = write_drafts(read_file(write_file(release), "f").release(), None, root)
    assert drafts.left_out == []
    assert Release.current("small") is None, "drafts alone"
    publish_drafts()
    made = Release.current("small").load().data
    # Nobody here has checked the translation yet.
    assert made.pop("unreviewed_languages") == ["es"]
    assert engine.canonical(made) == engine.canonical(release)
    again = write_drafts(release, None, root)
    assert again.records == []


def test_a_language_this_site_does_not_have_is_told(screener, root) -> None:
    Locale.objects.filter(language_code="es").delete()
    assert write_drafts(translated(), None, root).left_out == ["es"]


def send(client, text: str, **more):
    file = SimpleUploadedFile("small.yaml", text.encode())
    return client.post(reverse(TAKE_IN), {"file": file, **more})


def test_a_file_goes_out_is_edited_and_comes_in_as_drafts(editor, screener) -> None:
    url = reverse("screening_block_file", args=[screener.pk, "draft"])
    sent = editor.get(url)
    assert sent["Content-Type"].startswith("application/yaml")
    text = sent.content.decode()
    shown = send(editor, text)
    assert shown.context["found"].changes == []
    text = text.replace("value: 365", "value: 300").replace(
        "scenarios: []", "scenarios:\n" + scenario_lines()
    )
    shown = send(editor, text)
    names = [change.name.kind for change in shown.context["found"].changes]
    assert names == ["threshold"]
    assert "<del>365</del><ins>300</ins> days" in shown.content.decode()
    before = Release.current("small").pk
    done = editor.post(
        reverse(TAKE_IN),
        {
            # As a browser sends it.
            "content": shown.context["content"].replace("\n", "\r\n"),
            "name": "small.yaml",
            "apply": shown.context["found"].state,
        },
    )
    assert done.status_code == 302
    assert Release.current("small").pk == before
    assert Scenario.objects.get().newest["answers"] == {"status": "citizen"}
    draft = Threshold.objects.get().get_latest_revision_as_object()
    assert [value.number for value in draft.values.all()] == [300]


def scenario_lines() -> str:
    return (
        f"  - name: {CASE['name']}\n    why: {CASE['why']}\n    as_of: '2026-11-23'\n"
        "    answers: {status: citizen}\n"
        "    expect: {agg_felony_violence_1yr: not_apply}\n"
    )


REFUSED = {
    "no YAML": (lambda t: t + "\n\tx: [", "small.yaml:"),
    "another format": (lambda t: t.replace("format: 1", "format: 2"), "format 1"),
    "an unknown field": (
        lambda t: t.replace("roll: last_day", "roll: last_day\n  colour: red"),
        "unknown field 'colour'",
    ),
    "a broken reference": (
        lambda t: t.replace("threshold: af_term", "threshold: af_therm"),
        "af_therm",
    ),
    "a scenario for no finding": (
        lambda t: t.replace(
            "scenarios: []",
            "scenarios:\n" + scenario_lines().replace("agg_felony_violence_1yr", "zzz"),
        ),
        "no such finding: zzz",
    ),
    "an answer that is none": (
        lambda t: t.replace(
            "scenarios: []",
            "scenarios:\n" + scenario_lines().replace("citizen}", "martian}"),
        ),
        "status",
    ),
}


@pytest.mark.once  # refused before anything is written
@pytest.mark.parametrize("case", REFUSED)
def test_a_broken_file_is_refused_whole_with_the_place(editor, screener, case) -> None:
    break_it, said = REFUSED[case]
    text = break_it(write_file(small.release()))
    before = Revision.objects.count(), Scenario.objects.count()
    shown = send(editor, text)
    assert shown.status_code == 422
    problems = shown.context["found"].problems
    assert any(said in problem for problem in problems), problems
    assert all(problem.startswith("small.yaml:") for problem in problems), problems
    assert "martian" not in " ".join(problems)
    # Nor does saying "apply" help.
    send(editor, text, apply="x")
    assert (Revision.objects.count(), Scenario.objects.count()) == before


def test_a_file_is_not_written_over_drafts_that_changed_meanwhile(
    editor, screener
) -> None:
    text = write_file(small.release()).replace("value: 365", "value: 300")
    state = send(editor, text).context["found"].state
    threshold = Threshold.objects.get()
    threshold.note = "Somebody else was faster."
    threshold.save_revision()
    shown = send(editor, text, apply=state)
    assert shown.status_code == 200
    assert "changed since you looked" in shown.content.decode()
    draft = Threshold.objects.get().get_latest_revision_as_object()
    assert draft.note == "Somebody else was faster."


def test_taking_in_needs_the_right_to_write_all_of_it(
    screener, django_user_model
) -> None:
    user = django_user_model.objects.create_user("s", "s@example.org", is_staff=True)
    client = Client()
    client.force_login(user)
    assert client.get(reverse(TAKE_IN)).status_code in (302, 403)
