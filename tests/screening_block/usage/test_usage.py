"""Thresholds over time, and who uses what: said, linked and kept apart."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from django.urls import reverse
from django.utils import timezone

from screening_block.law.timeline import spans
from screening_block.models import Chart, ChartRow, Threshold, ThresholdValue
from screening_block.publishing.parts import PartName
from screening_block.usage.index import UsageIndex
from tests.cms.factories import ArticleFactory, IndexFactory, block

pytestmark = pytest.mark.django_db
AF_TERM = PartName("threshold", "af_term")


def edit_page(editor, record) -> str:
    name = record.snippet_viewset.get_url_name("edit")
    return html.unescape(editor.get(reverse(name, args=[record.pk])).content.decode())


def places(*names: PartName) -> list[tuple]:
    return [
        (found.use.at.key, found.use.field, found.state)
        for found in UsageIndex().of(*names)
    ]


def save_draft(screener, change) -> None:
    findings = list(screener.findings.get_prep_value())
    change(findings)
    screener.findings = findings
    screener.save_revision()


def test_of_values_over_time_the_newest_that_has_begun_counts(screener):
    threshold = Threshold.objects.get(key="af_term")
    threshold.values.add(
        ThresholdValue(starts_on=dt.date(2030, 7, 1), number=90),
        ThresholdValue(starts_on=dt.date(2027, 1, 1), number=180),
    )
    for today, states in (
        (dt.date(1996, 9, 29), ["future", "future", "future"]),
        (dt.date(1996, 9, 30), ["now", "future", "future"]),
        (dt.date(2026, 12, 31), ["now", "future", "future"]),
        (dt.date(2027, 1, 1), ["past", "now", "future"]),
        (dt.date(2031, 1, 1), ["past", "past", "now"]),
    ):
        found = spans(threshold, today)
        assert [span.state for span in found] == states, today
    assert [(span.words, span.last) for span in found] == [
        ("365 days", dt.date(2026, 12, 31)),
        ("180 days", dt.date(2030, 6, 30)),
        ("90 days", None),
    ]


def test_the_listing_and_the_edit_page_tell_the_values_in_order(editor, screener):
    threshold = Threshold.objects.get(key="af_term")
    later = timezone.localdate() + dt.timedelta(days=400)
    threshold.values.add(ThresholdValue(starts_on=later, number=180))
    threshold.save_revision().publish()
    index = reverse(threshold.snippet_viewset.get_url_name("list"))
    listing = editor.get(index).content.decode()
    for text in (listing, edit_page(editor, threshold)):
        assert text.index("365 days") < text.index("180 days")
    assert "in effect now" in text
    assert "takes effect later" in text


def test_a_record_tells_who_uses_it_in_words_with_links(editor, screener, root):
    articles = IndexFactory(parent=root)
    article = ArticleFactory(
        parent=articles,
        title="What a year means",
        body=[block("screener", screener.pk)],
    )
    finding = screener.findings[0].id
    edit = reverse("wagtailadmin_pages:edit", args=[screener.pk])
    chart = Chart.objects.get(key="statutes")
    threshold = Threshold.objects.get(key="af_term")
    row = ChartRow.objects.get(key="pc_245")
    for record, field, sentence in (
        (threshold, "applies_when", "365 days or more"),
        (threshold, "body", "with {af_term} or more can count"),
        (chart, "applies_when", "Violence of “Which law was it?” is may be"),
        (row, "applies_when", "Violence of “Which law was it?” is may be"),
    ):
        text = edit_page(editor, record)
        assert sentence in text, (record, field)
        assert f"{edit}#:w:contentpath=findings.{finding}.{field}" in text
        assert reverse("wagtailadmin_pages:edit", args=[article.pk]) in text
        assert "What a year means" in text
    # Without it the tab and the fold that the field is in stay shut.
    assert "screening_block/admin/goto.js" in editor.get(edit).content.decode()
    unread = edit_page(editor, ChartRow.objects.get(key="pc_25400"))
    assert "A long sentence may matter" not in unread


def test_what_only_the_draft_or_only_the_public_uses_is_told_apart(screener):
    rule, text = "agg_felony_violence_1yr", "body"
    everywhere = [
        ("small", "intro", "both"),
        (rule, "applies_when", "both"),
        (rule, text, "both"),
    ]
    assert places(AF_TERM) == everywhere

    def drop_the_rule_and_tell_elsewhere(findings):
        findings[0]["value"]["applies_when"] = {"op": "fact", "fact": "noncitizen"}
        findings[1]["value"]["body"] = "It is {af_term}."
        a_row = {"op": "in", "question": "statute", "values": ["pc_245", "other"]}
        findings[1]["value"]["unless"] = {"op": "not", "of": [a_row]}

    save_draft(screener, drop_the_rule_and_tell_elsewhere)
    assert places(AF_TERM) == [
        ("small", "intro", "both"),
        (rule, text, "both"),
        ("travel_risk", "body", "draft"),
        (rule, "applies_when", "public"),
    ]
    assert places(PartName("row", "statutes/pc_245")) == [
        ("travel_risk", "unless", "draft")
    ]
    assert places(PartName("row", "statutes/other")) == []
    screener.get_latest_revision().publish()
    assert places(AF_TERM) == [
        ("small", "intro", "both"),
        (rule, text, "both"),
        ("travel_risk", "body", "both"),
    ]
