"""The map of a screener: it says what the rules say, and can be read without seeing."""

from __future__ import annotations

import json
import re
from html import unescape
from itertools import combinations

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from screening_block.map.graph import build_graph
from screening_block.map.layout import WIDTH, draw_graph
from screening_block.publishing.parts import LISTS, PartName, split_release
from tests.law_pack import law_pack
from tests.screening_block import small

# Once: only reads what others write on both databases.
pytestmark = pytest.mark.once

TODAY = "2026-11-23"
LONG_SENTENCE = PartName("finding", "agg_felony_violence_1yr")


@pytest.fixture(scope="module")
def firearms():
    return law_pack().release()


def said(graph) -> dict[tuple[str, str], str]:
    return {(edge.source.key, edge.target.key): edge.text for edge in graph.edges}


def test_an_edge_says_in_few_words_what_is_tested():
    release = small.release()
    values = release["thresholds"]["af_term"]["values"]
    values.append({"from": "2027-01-01", "value": 180})
    release["findings"][1]["may_apply_when"] = {
        "op": "not",
        "of": [{"op": "dont_know", "question": "days"}],
    }
    assert said(build_graph(release, TODAY)) == {
        ("plans", "trip_start"): "asked if includes Travel",
        ("status", "noncitizen"): "is not Citizen",
        ("noncitizen", "agg_felony_violence_1yr"): "yes",
        ("statute", "agg_felony_violence_1yr"): "Violence of … is may be",
        ("days", "agg_felony_violence_1yr"): "is 365 days or more",
        ("noncitizen", "travel_risk"): "yes",
        ("plans", "travel_risk"): "includes Travel",
        ("trip_start", "travel_risk"): "0 days or more from today to …",
        ("days", "travel_risk"): "may apply if sure",
        ("court_date_set", "travel_risk"): (
            "urgent if is Yes; extra sentence if is Yes"
        ),
        ("court_date_set", "court_soon"): "is Yes",
        ("noncitizen", "court_soon"): "never if no",
    }


def test_the_map_of_the_law_pack_has_every_link_and_no_other(firearms):
    wanted = set()
    for name, part in split_release(firearms).items():
        for kind in ("question", "fact"):
            text = json.dumps(part["piece"])
            for key in re.findall(rf'"{kind}": "(\w+)"', text):
                wanted.add((PartName(kind, key), name))
    graph = build_graph(firearms, TODAY)
    assert len(wanted) > 600
    assert {(edge.source, edge.target) for edge in graph.edges} == wanted
    assert {name.kind for name in graph.nodes} == set(LISTS)
    assert "unfinished" not in " ".join(edge.text for edge in graph.edges)


@pytest.mark.parametrize("around", [None, LONG_SENTENCE])
def test_boxes_do_not_overlap_and_are_read_from_left_to_right(firearms, around):
    graph = build_graph(firearms, TODAY)
    if around:
        graph = graph.around(around, 2)
    drawing = draw_graph(graph, words=around is not None)
    boxes = {box.node.name: box for box in drawing.boxes}
    assert set(boxes) == set(graph.nodes)
    for one, other in combinations(drawing.boxes, 2):
        apart = abs(one.x - other.x) >= WIDTH
        apart |= one.y + one.height <= other.y or other.y + other.height <= one.y
        assert apart, (one.node, other.node)
    assert len(drawing.curves) == len(graph.edges)
    for edge in graph.edges:
        assert boxes[edge.source].x < boxes[edge.target].x
    for box in drawing.boxes:
        assert 0 <= box.x <= drawing.width - WIDTH
        assert 0 <= box.y <= drawing.height - box.height + 1


def test_a_neighbourhood_goes_as_far_as_asked_and_both_ways():
    graph = build_graph(small.release(), TODAY)

    def around(name, steps):
        return {each.key for each in graph.around(name, steps).nodes}

    finding = LONG_SENTENCE.key
    assert around(LONG_SENTENCE, 1) == {finding, "noncitizen", "statute", "days"}
    assert around(LONG_SENTENCE, 2) == around(LONG_SENTENCE, 1) | {"status"}
    assert around(PartName("fact", "noncitizen"), 1) == {
        *("noncitizen", "status", "travel_risk", "court_soon", finding)
    }


def test_an_unfinished_draft_and_a_cycle_are_drawn_all_the_same():
    release = small.release()
    release["facts"].append({"key": "round", "when": {"op": "fact", "fact": "round"}})
    release["texts"]["en"]["facts"]["round"] = {"label": "Round"}
    release["facts"][0]["when"]["of"].append({"op": "fact", "fact": "round"})
    release["facts"][1]["when"] = {"op": "fact", "fact": "noncitizen"}
    finding = release["findings"][0]
    finding["applies_when"] = '{"op": "all", "of": ['
    finding["may_apply_when"] = {"op": "all", "of": [{"op": "fact", "fact": "gone"}]}
    finding["unless"] = {"op": "is", "question": "status"}
    graph = build_graph(release, TODAY)
    assert said(graph)["status", finding["key"]] == "never if unfinished"
    assert {box.node.name for box in draw_graph(graph, words=True).boxes} == set(
        graph.nodes
    )


def get(client, screener, query="") -> tuple[dict, str]:
    response = client.get(f"{reverse('screening_block_map', args=[screener])}?{query}")
    assert response.status_code == 200
    return response.context, unescape(response.content.decode())


def drawn(text: str) -> list[str]:
    return re.findall(r'data-node="\w+-(\w+)"', text)


@pytest.mark.django_db
def test_an_editor_goes_from_the_screener_to_the_map_and_about_in_it(editor, screener):
    edit = reverse("wagtailadmin_pages:edit", args=[screener.pk])
    address = reverse("screening_block_map", args=[screener.pk])
    assert address in editor.get(edit).content.decode()
    _context, text = get(editor, screener.pk)
    assert set(drawn(text)) == {
        *("agg_felony_violence_1yr", "noncitizen", "status", "statute", "days")
    }
    # The list says what the drawing shows: each link from both of its ends.
    outline = text[text.index("ls-map__outline") :]
    assert outline.count("is 365 days or more") == 2
    assert f"{edit}#:w:contentpath=findings.{screener.findings[0].id}" in outline
    _context, text = get(editor, screener.pk, "all=1")
    assert len(drawn(text)) == 6 + 1 + 3
    assert set(re.findall(r'data-entry="\w+-(\w+)"', text)) == set(drawn(text))
    _context, text = get(editor, screener.pk, "at=question/court_date_set")
    assert set(drawn(text)) == {"court_date_set", "travel_risk", "court_soon"}
    context, text = get(editor, screener.pk, "q=not+a+citizen")
    assert [words for words, _url in context["found"]] == [
        "Fact “You are not a citizen”"
    ]
    assert context["center"] == PartName("fact", "noncitizen")
    assert get(editor, screener.pk, "at=nothing&steps=99")[0]["steps"] == 4


@pytest.mark.django_db
def test_the_map_is_for_those_who_may_edit_the_screener(
    client, django_user_model, screener
):
    group = Group.objects.create(name="Some")
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    user = django_user_model.objects.create_user("some", "s@example.org", "x")
    user.groups.add(group)
    client.force_login(user)
    address = reverse("screening_block_map", args=[screener.pk])
    assert client.get(address).status_code == 302
