"""A finding says who can help: from the editor to the release and its outcome."""

import pytest
from wagtail.models import Site

from screening_block import engine
from screening_block.help.entry_file import list_asked_subjects
from screening_block.packs.load import load_pack
from screening_block.publishing.compile import compile_screener
from tests.screening_block import small

pytestmark = pytest.mark.django_db
WHO = {"key": "who", "type": "help", "subject": "detention"}


def build_release(**action):
    data = small.release()
    finding = data["findings"][0]
    finding["actions"] = [*finding["actions"], {**WHO, **action}]
    words = data["texts"]["en"]["findings"][finding["key"]]
    words["actions"] = {**words.get("actions", {}), "who": "See who can help"}
    return data


def test_the_action_is_kept_from_a_pack_through_the_editor_into_the_release(root):
    data = build_release()
    page = load_pack("small_pack", data, Site.objects.get().root_page).screener
    kept = next(
        f.value for f in page.findings if f.value["key"] == data["findings"][0]["key"]
    )
    action = kept["actions"][-1]
    assert (action["kind"], action["subject"]) == ("help", "detention")
    compiled = compile_screener(page)
    finding = next(f for f in compiled["findings"] if f["key"] == kept["key"])
    assert finding["actions"][-1] == WHO


def test_a_subject_that_is_no_key_is_refused():
    assert engine.check(build_release()) == []
    problems = engine.check(build_release(subject="Detention!"))
    assert [problem.path for problem in problems] == [
        "findings/agg_felony_violence_1yr/actions/who/subject"
    ]


def test_the_file_asks_for_the_subjects_of_the_findings_or_for_all():
    asked = engine.load_release(build_release())
    assert list_asked_subjects(asked) == {"detention"}
    data = build_release()
    del data["findings"][0]["actions"][-1]["subject"]
    assert list_asked_subjects(engine.load_release(data)) == set()
    assert list_asked_subjects(engine.load_release(small.release())) == set()
