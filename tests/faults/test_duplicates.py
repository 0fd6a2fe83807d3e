"""What must be unique is refused at its field, before the database has to."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import IntegrityError, models
from django.urls import reverse
from wagtail.admin.panels import get_edit_handler
from wagtail.models import Locale, Page
from wagtail.snippets.models import get_snippet_models

from cms.articles.models import Topic
from screening_block.models import Chart, ChartRow, Threshold
from screening_block.models.unique import UniqueKey
from tests.screening_block.posting import form_of

pytestmark = pytest.mark.django_db

LAW = {Threshold: "af_term", Chart: "statutes", ChartRow: "pc_245"}


def filled(answer):
    """What a browser sends of a form: one value a field."""
    return dict(form_of(answer).items())


def add(editor, model, **fields):
    """Post the form for a new record, as a browser would send it."""
    url = reverse(model.snippet_viewset.get_url_name("add"))
    data = filled(editor.get(url))
    if model is Threshold:
        data |= {
            "values-TOTAL_FORMS": "1",
            "values-0-starts_on": "2026-01-01",
            "values-0-number": "3",
            "values-0-ORDER": "1",
            "values-0-id": "",
        }
    if model is ChartRow:
        data |= {"chart": str(Chart.objects.get(key="statutes").pk), "cells": "{}"}
    return editor.post(url, data | {"label": "Mine"} | fields)


@pytest.mark.parametrize("model", LAW)
@pytest.mark.parametrize("action", ["save", "publish", "submit"])
def test_a_key_that_is_taken_is_refused_at_the_field(editor, screener, model, action):
    taken = model.objects.get(key=LAW[model])
    named = {} if action == "save" else {f"action-{action}": "yes"}
    answer = add(editor, model, key=taken.key, **named)
    assert answer.status_code == 200
    (said,) = answer.context["form"].errors["key"]
    assert "taken" in said and taken.label in said
    assert "Mine" in answer.content.decode(), "what was typed is still there"
    assert model.objects.filter(key=taken.key).count() == 1


@pytest.mark.parametrize("model", LAW)
def test_saving_again_is_no_duplicate_of_itself(editor, screener, model):
    taken = model.objects.get(key=LAW[model])
    url = reverse(model.snippet_viewset.get_url_name("edit"), args=[taken.pk])
    data = filled(editor.get(url)) | {"label": "Renamed"}
    assert editor.post(url, data).status_code == 302
    # Nor is what autosave has made of a form that is still open.
    made = add(editor, model, key="new_one")
    assert made.status_code == 302
    url = reverse(
        model.snippet_viewset.get_url_name("edit"),
        args=[model.objects.get(key="new_one").pk],
    )
    assert editor.post(url, filled(editor.get(url))).status_code == 302


@pytest.mark.parametrize("model", LAW)
def test_autosave_is_told_that_a_key_is_taken(editor, screener, model):
    url = reverse(model.snippet_viewset.get_url_name("add"))
    data = filled(editor.get(url)) | {"label": "Mine", "key": LAW[model]}
    if model is ChartRow:
        data |= {"chart": str(Chart.objects.get(key="statutes").pk), "cells": "{}"}
    answer = editor.post(url, data, headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "validation_error"
    assert model.objects.filter(key=LAW[model]).count() == 1


@pytest.mark.parametrize("model", LAW)
def test_a_draft_cannot_take_the_key_of_another_record(editor, screener, model):
    add(editor, model, key="second")
    second = model.objects.get(key="second")
    url = reverse(model.snippet_viewset.get_url_name("edit"), args=[second.pk])
    answer = editor.post(url, filled(editor.get(url)) | {"key": LAW[model]})
    assert answer.status_code == 200
    assert "taken" in answer.context["form"].errors["key"][0]


@pytest.mark.parametrize("model", LAW)
def test_a_copy_begins_with_a_key_to_change(editor, screener, model):
    taken = model.objects.get(key=LAW[model])
    copy = reverse(model.snippet_viewset.get_url_name("copy"), args=[taken.pk])
    data = filled(editor.get(copy)) | {"label": "Another"}
    assert data["key"] == taken.key
    # Sent to where the form leads, and to where it stood.
    for number, url in enumerate(
        (reverse(model.snippet_viewset.get_url_name("add")), copy)
    ):
        answer = editor.post(url, data)
        assert answer.status_code == 200
        assert "taken" in answer.context["form"].errors["key"][0]
        done = editor.post(url, data | {"key": f"copied_{number}"})
        assert done.status_code == 302
        assert model.objects.get(key=f"copied_{number}").label == "Another"
        assert model.objects.get(pk=taken.pk).label == taken.label


def test_the_same_key_in_another_language_or_chart_is_lawful(editor, screener):
    spanish, _made = Locale.objects.get_or_create(language_code="es")
    url = reverse(Threshold.snippet_viewset.get_url_name("add"))
    data = filled(editor.get(f"{url}?locale=es")) | {
        "label": "Plazo",
        "key": "af_term",
        "values-TOTAL_FORMS": "0",
    }
    assert editor.post(f"{url}?locale=es", data).status_code == 302
    assert Threshold.objects.get(locale=spanish).key == "af_term"
    again = editor.post(f"{url}?locale=es", data)
    assert "taken" in again.context["form"].errors["key"][0]
    add(editor, Chart, key="other_chart")
    other = Chart.objects.get(key="other_chart")
    assert add(editor, ChartRow, key="pc_245", chart=str(other.pk)).status_code == 302


@pytest.mark.parametrize("model", LAW)
def test_whoever_is_slower_by_a_moment_is_told_and_loses_nothing(
    editor, screener, model, monkeypatch
):
    # As if the other record had been saved between the check and the write.
    monkeypatch.setattr(model, "validate_constraints", lambda self, exclude=None: None)
    answer = add(editor, model, key=LAW[model])
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Somebody else saved first" in text
    assert "UNIQUE" not in text and "constraint" not in text
    assert model.objects.filter(key=LAW[model]).count() == 1


def test_a_topic_with_the_name_or_address_of_another_is_refused(editor):
    Topic.objects.create(name="Visas", slug="visas")
    url = reverse("topics:add")
    answer = editor.post(url, {"name": "Visas", "slug": "visas"})
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"name", "slug"}


def forms_of_the_admin():
    """Every model that an editor fills in a form for, with the names of its fields."""
    for model in [*apps.get_models(), *get_snippet_models()]:
        if issubclass(model, Page) or model in get_snippet_models():
            viewset = getattr(model, "snippet_viewset", None)
            handler = viewset.get_edit_handler() if viewset else get_edit_handler(model)
            form = handler.get_form_class()
            yield model, set(form.base_fields)
            for formset in getattr(form, "formsets", {}).values():
                yield formset.model, set(formset.form.base_fields)


#: Constraints over what no form shows, and why no edit can break one.
NEVER_EDITED = {
    # A translation is made by Wagtail, once a locale.
    ("translation_key", "locale"),
}


def test_no_form_leaves_a_uniqueness_to_the_database():
    seen = 0
    for model, fields in forms_of_the_admin():
        together = [tuple(names) for names in model._meta.unique_together]
        together += [
            tuple(constraint.fields)
            for constraint in model._meta.constraints
            if isinstance(constraint, models.UniqueConstraint)
        ]
        for names in together:
            seen += 1
            if names in NEVER_EDITED or set(names) <= fields:
                continue
            assert issubclass(model, UniqueKey), f"{model.__name__}: {names}"
            hidden = set(names) - fields
            assert not any(model._meta.get_field(name).editable for name in hidden)
    assert seen > 6


def test_the_database_refuses_what_the_form_would(screener):
    threshold = Threshold.objects.get(key="af_term")
    twin = Threshold(key=threshold.key, locale=threshold.locale, label="Twin")
    with pytest.raises(IntegrityError):
        twin.save()


def test_two_values_from_the_same_day_are_refused_at_the_second(editor, screener):
    answer = add(
        editor,
        Threshold,
        key="twice",
        **{
            "values-TOTAL_FORMS": "2",
            "values-1-starts_on": "2026-01-01",
            "values-1-number": "4",
            "values-1-ORDER": "2",
            "values-1-id": "",
        },
    )
    assert answer.status_code == 200
    assert "same day" in answer.content.decode()
    assert not Threshold.objects.filter(key="twice").exists()


def test_a_translation_is_refused_where_its_key_is_taken(editor, screener):
    spanish, _made = Locale.objects.get_or_create(language_code="es")
    threshold = Threshold.objects.get(key="af_term")
    Threshold.objects.create(key="af_term", label="Otro", locale=spanish)
    url = reverse(
        "simple_translation:submit_snippet_translation",
        args=["screening_block", "threshold", threshold.pk],
    )
    answer = editor.post(url, {"locales": [spanish.pk]})
    assert answer.status_code in (200, 409)
    assert Threshold.objects.filter(locale=spanish).count() == 1


def test_a_search_among_rows_finds_them(editor, screener):
    url = reverse(ChartRow.snippet_viewset.get_url_name("list"))
    assert "PC 245" in editor.get(url, {"q": "assault"}).content.decode()
