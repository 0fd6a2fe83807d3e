"""The releases of a screener: their history, any two compared, one read or restored."""

import datetime as dt
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.mixins import UserPassesTestMixin
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import (
    get_language_info,
    gettext as _,
    gettext_lazy,
    override,
)
from django.views.generic import TemplateView, View
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Revision

from screening_block.engine.release_names import shorten_hash
from screening_block.models import (
    Chart,
    ChartRow,
    Publication,
    Release,
    Screener,
    Threshold,
)
from screening_block.models.releases import today
from screening_block.publishing import editor_note_records
from screening_block.publishing.compile import compile_screener
from screening_block.publishing.content import used_keys
from screening_block.publishing.refusal_messages import show_drafts
from screening_block.publishing.restore import write_drafts
from screening_block.publishing.scenario_runs import scenarios_of
from screening_block.review.screener_views import ScreenerViewMixin, can_write_law

from .changes import compare_releases, release_state
from .part_words import part_title
from .reading_copy import Chapter, build_chapters

URL_NAME = "screening_block_releases"
MAY_RECALL = "screening_block.add_recall"
#: Publications in the list at once.
PAGE_SIZE = 50
#: Of a PDF. The law of California about firearms has 150,000; a million take 3 s.
MAX_CHARACTERS = 1_000_000
#: Whether one is being made, and the seconds after which it is taken for lost.
PDF_LOCK, PDF_LOCK_SECONDS = "screening_block:paper", 60


class ReleasesMixin(ScreenerViewMixin):
    """A view of the releases of a screener."""

    header_icon = "history"

    def release(self, sha256: str) -> Release:
        mine = Publication.objects.filter(screener=self.screener.translation_key)
        return get_object_or_404(Release, pk=sha256, pk__in=mine.values("release"))

    def content(self, sha256: str) -> tuple[dict[str, Any], dt.datetime]:
        """Return the data of a release, or for `draft` of the newest draft, and its
        date."""
        if sha256 != "draft":
            row = self.release(sha256)
            return dict(row.load().data), row.created_at
        draft = self.screener.get_latest_revision_as_object()
        saved = self.screener.latest_revision_created_at or timezone.now()
        return compile_screener(draft, drafts=True), saved

    def chapters(self, data: dict[str, Any], locale: str) -> list[Chapter]:
        """Return all of it in words; for the draft with its editor notes.

        In one language throughout: what the admin says around the texts, too.
        """
        kept = None
        if self.kwargs["sha256"] == "draft":
            draft = self.screener.get_latest_revision_as_object()
            kept = editor_note_records.read_all_notes(draft, drafts=True)
        with override(locale):
            return build_chapters(data, scenarios_of(self.screener), locale, kept)

    def locale(self, data: dict[str, Any]) -> str:
        """Return the language to read it in, by default the release's own."""
        asked = self.request.GET.get("locale", "")
        return asked if asked in data["texts"] else data["locale"]

    def further_breadcrumbs(self) -> list[dict[str, Any]]:
        items = [{"url": releases_url(self.screener), "label": _("Releases")}]
        if not isinstance(self, HistoryView):
            items.append({"url": "", "label": self.get_page_title()})
        return items


def _describe_version(sha256: str, day: dt.datetime) -> str:
    said = _("Release %(sha256)s, made on %(day)s")
    if sha256 == "draft":
        said = _("Draft, last saved on %(day)s")
    return said % {"sha256": sha256, "day": date_format(day, "DATE_FORMAT")}


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def releases_url(screener: Screener, view: str = "", *args: str) -> str:
    return reverse(f"{URL_NAME}{view}", args=[screener.pk, *args])


class HistoryView(ReleasesMixin, TemplateView):
    """Lists every publication, what is planned, and the changes from `old` to `new`."""

    page_title = gettext_lazy("Releases")
    template_name = "screening_block/admin/releases.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = Publication.objects.filter(screener=self.screener.translation_key)
        listed = mine.select_related("release__recall")
        page = Paginator(listed, PAGE_SIZE).get_page(self.request.GET.get("p"))
        context = super().get_context_data(
            **kwargs,
            screener=self.screener,
            page=page,
            publications=self._with_chosen(page.object_list, listed),
            current=mine.values_list("pk", flat=True).first(),
            planned=list(self._planned()),
            may_restore=can_write_law(self.request.user),
            may_recall=self.request.user.has_perm(MAY_RECALL),
            coming=self._coming(),
        )
        pair = [self.request.GET.get(name, "") for name in ("old", "new")]
        if all(pair):
            old, new = (self.release(sha256) for sha256 in pair)
            context |= {
                "old": old,
                "new": new,
                "changes": compare_releases(old.load().data, new.load().data),
            }
        return context

    def _with_chosen(self, shown: Any, listed: Any) -> list[Publication]:
        """Return the publications of a page, and those chosen on another one."""
        found = list(shown)
        there = {one.release_id for one in found}
        for name in ("old", "new"):
            chosen = self.request.GET.get(name, "")
            if chosen and chosen not in there:
                found += listed.filter(release=chosen)[:1]
                there.add(chosen)
        return sorted(found, key=lambda one: -one.pk)

    def _planned(self) -> Any:
        """Yield the scheduled drafts of the screener and of the law it uses."""
        plans = Revision.objects.filter(approved_go_live_at__isnull=False)
        there = {(plan.base_content_type_id, plan.object_id): plan for plan in plans}
        if not there:
            return
        thresholds, charts = used_keys(self.screener.get_latest_revision_as_object())
        records: list[Any] = [
            self.screener,
            *Threshold.objects.filter(key__in=thresholds),
            *Chart.objects.filter(key__in=charts),
            *ChartRow.objects.filter(chart__key__in=charts),
        ]
        finder = AdminURLFinder(self.request.user)
        for record in records:
            place = (record.get_base_content_type().pk, str(record.pk))
            if plan := there.get(place):
                yield {
                    "record": record,
                    "at": plan.approved_go_live_at,
                    "url": finder.get_edit_url(record),
                }

    def _coming(self) -> list[dict[str, Any]]:
        """Return the values of the current release that take effect after today."""
        row = Release.current(self.screener.key)
        if row is None:
            return []
        release = row.load()
        now = today(release)
        state = release_state(release.data)
        found = []
        for name, part in state.parts.items():
            values = part["piece"]["values"] if name.kind == "threshold" else []
            later = [value["from"] for value in values if value["from"] > now]
            if later:
                lines = next(f.lines for f in state.fields(name) if len(f.lines) > 1)
                lines = lines[-len(later) :]
                title = part_title(name, part)
                found.append({"title": title, "lines": lines, "from": later[0]})
        return sorted(found, key=lambda entry: entry["from"])


class ReadView(ReleasesMixin, TemplateView):
    """One release whole and in plain words, for a reviewer to read or print.

    `draft` in the place of a hash is the newest draft.
    """

    page_title = gettext_lazy("Everything in plain words")
    template_name = "screening_block/admin/release_read.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        data, _day = self.content(self.kwargs["sha256"])
        locale = self.locale(data)
        return super().get_context_data(
            **kwargs,
            screener=self.screener,
            language=locale,
            others=[(one, _language(one)) for one in data["texts"] if one != locale],
            chapters=self.chapters(data, locale),
        )


class PDFView(ReleasesMixin, View):
    """The same as a PDF; of one release it is always the same file.

    Making it keeps a worker busy, some seconds for the longest allowed: only one is
    made at a time, so that the others go on answering.
    """

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        mine = uuid4().hex
        if not cache.add(PDF_LOCK, mine, PDF_LOCK_SECONDS):
            text = _("Another document is being made right now. Try again in a moment.")
            return self.redirect_to_page(text)
        try:
            return self.render_pdf()
        finally:
            if cache.get(PDF_LOCK) == mine:
                cache.delete(PDF_LOCK)

    def redirect_to_page(self, why: str) -> HttpResponse:
        """Back to the page, which says the same and can be printed."""
        messages.warning(self.request, why)
        at = redirect(releases_url(self.screener, "_read", self.kwargs["sha256"]))
        if language := self.request.GET.urlencode():
            at["Location"] += f"?{language}"
        return at

    def render_pdf(self) -> HttpResponse:
        # Its library takes half a second to import, which nobody else shall wait for.
        from .pdf import write_pdf

        sha256 = self.kwargs["sha256"]
        data, day = self.content(sha256)
        locale = self.locale(data)
        chapters = self.chapters(data, locale)
        letters = sum(
            len(line)
            for chapter in chapters
            for entry in chapter.parts
            for field in entry.fields
            for line in field.lines
        )
        if letters > MAX_CHARACTERS:
            text = _("This is too long for one document. Print this page instead.")
            return self.redirect_to_page(text)
        title = data["texts"][locale]["title"]
        with override(locale):
            version = _describe_version(sha256, day)
            file = write_pdf(title, version, shorten_hash(sha256), chapters, locale)
        response = HttpResponse(file, content_type="application/pdf")
        language = "" if locale == data["locale"] else f"-{locale}"
        name = f"{self.screener.key}-{shorten_hash(sha256)}{language}.pdf"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "no-store"
        return response


class RestoreView(UserPassesTestMixin, ReleasesMixin, TemplateView):
    """Shows what restoring a release would change (GET); writes drafts (POST)."""

    page_title = gettext_lazy("Restore a release")
    template_name = "screening_block/admin/release_restore.html"

    def test_func(self) -> bool:
        # What a release had and is gone now comes back as well.
        return can_write_law(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        release = self.release(self.kwargs["sha256"])
        draft = self.screener.get_latest_revision_as_object()
        now = compile_screener(draft, drafts=True)
        return super().get_context_data(
            **kwargs,
            screener=self.screener,
            release=release,
            changes=compare_releases(now, release.load().data),
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        release = self.release(self.kwargs["sha256"]).load()
        records = write_drafts(dict(release.data), request.user).records
        text = _("The drafts already say this.")
        if records:
            text = _(
                "Restored as drafts. Nothing is public yet: please check each one."
            )
        show_drafts(request, text, records)
        return redirect("wagtailadmin_pages:edit", self.screener.pk)
