"""One step of the form without script: from what was posted to what is shown next."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _, override

from screening_block import engine
from screening_block.engine.wording import Wording
from screening_block.models.releases import texts_in, today

from .forms import NotAnAnswer, build_question_form, keep_typed, read_posted_answer
from .law_words import describe_law
from .other_languages import list_others, read_findings_beside, read_question_beside
from .pages import build_result_page, build_urgent_page, describe_given_answer
from .results import build_result
from .stages import group_by_section, list_urgent, section_goes_on
from .totals import describe_progress, ranges_of


class FormPlace(NamedTuple):
    """Where a form stands: the address it posts to, and the page around it."""

    address: str
    #: Where it stands in another language.
    find_address: Callable[[str], str]
    base: str = "screening_block/base.html"
    #: Light or dark, where a page around it wants one.
    scheme: str = ""

    @classmethod
    def own(cls, key: str) -> FormPlace:
        def find_address(locale: str) -> str:
            with override(locale):
                return reverse("screening_block:form", args=[key])

        return cls(reverse("screening_block:form", args=[key]), find_address)


class FormStep:
    """One POST of the form: the answers so far, what was asked, what to do.

    Nothing is kept here, so each form carries two things along beside the answers:
    which urgent findings were shown by themselves, and whether the answers were checked
    and the result seen.
    """

    def __init__(
        self,
        key: str,
        release: engine.Release,
        post: QueryDict,
        place: FormPlace,
        locale: str,
    ):
        self.key = key
        self.place = place
        self.release = release
        self.post = post
        self.as_of = today(release)
        self.locale = locale
        self.texts = texts_in(release, self.locale)
        self.w = Wording(release, self.locale, self.as_of)
        self.notice = ""
        self.answers = self._read_answers()
        told = post.get("told", "").split()
        self.told = [one for one in release.findings if one in told]
        self.checked = bool(post.get("checked"))

    def _read_answers(self) -> dict[str, Any]:
        """Read the answers in the hidden field; a broken field starts again, and says
        so."""
        text = self.post.get("answers", "{}")
        try:
            return engine.parse_answers(self.release, text).values
        except engine.AnswerError:
            self.notice = _(
                "Something in the form could not be read, so you start again. "
                "Nothing was kept."
            )
            return {}

    def handle(self) -> tuple[str, dict[str, Any], int]:
        """Return the template, its context and the status code."""
        todo, _colon, key = self.post.get("do", "next").partition(":")
        if self.notice or todo == "restart":
            self.answers, self.told, self.checked = {}, [], False
            return self._show_next()
        if todo in ("check", "result"):
            self.checked = todo == "result"
            return self._show_next()
        if todo == "language":
            return self._show_again()
        asked = engine.walk(self.release, self.answers, self.as_of).asked
        if todo == "change" and key in asked:
            return self._show_question(key)
        question = self.post.get("question", "")
        if todo == "back":
            before = list_before(question, asked)
            self._keep_what_is_given(question)
            return self._show_question(before[-1]) if before else self._show_next()
        if question not in self.release.questions:
            return self._show_next()
        if todo == "unsure":
            self.answers[question] = None
        elif todo == "next":
            try:
                self.answers[question] = read_posted_answer(
                    self.release, question, self.post
                )
            except NotAnAnswer as error:
                return self._show_question(question, error)
        return self._show_next(question)

    def _show_again(self) -> tuple[str, dict[str, Any], int]:
        """Show the same page once more, in another language, with what was typed."""
        question = self.post.get("question", "")
        if question in self.release.questions:
            return self._show_question(question, NotAnAnswer(""))
        shown = self.post.get("urgent", "").split()
        if urgent := [key for key in self.told if key in shown]:
            walk = engine.walk(self.release, self.answers, self.as_of)
            return self._show_urgent(urgent, walk)
        return self._show_next()

    def _keep_what_is_given(self, question: str) -> None:
        """Going back loses nothing that is an answer already."""
        if question in self.release.questions:
            with suppress(NotAnAnswer):
                given = read_posted_answer(self.release, question, self.post)
                self.answers[question] = given

    def _show_next(self, answered: str = "") -> tuple[str, dict[str, Any], int]:
        """Show what follows the answer to a question, or those that are given."""
        walk = engine.walk(self.release, self.answers, self.as_of)
        # Which answers matter is known at the end: behind a question that a change has
        # opened they wait.
        if walk.next is None:
            self.answers = dict(walk.answers)
            if walk.dropped:
                self.notice = _(
                    "Because of that change, some earlier answers no longer matter. We "
                    "removed them."
                )
        if not section_goes_on(self.release, answered, walk):
            urgent = list_urgent(self.release, walk.answers, self.as_of)
            if new := [key for key in urgent if key not in self.told]:
                return self._show_urgent(new, walk)
        if walk.next:
            return self._show_question(walk.next, walk=walk)
        if walk.asked and not self.checked:
            return self._show_check(walk)
        self.checked = True
        outcome = build_result(self.release, self.answers, self.as_of, self.locale)
        self._put_beside(outcome["findings"])
        asked = {key: self.answers[key] for key in walk.asked}
        context = self._build_context(walk) | build_result_page(
            self.release, outcome, self.w, asked
        )
        return "result", context, 200

    def _show_urgent(
        self, keys: list[str], walk: engine.Walk
    ) -> tuple[str, dict[str, Any], int]:
        """Show findings that are urgent for sure by themselves, once."""
        self.told += [key for key in keys if key not in self.told]
        outcome = build_result(self.release, walk.answers, self.as_of, self.locale)
        context = self._build_context(walk) | build_urgent_page(outcome, keys)
        self._put_beside(context["urgent"])
        return "urgent", context | {"urgent_shown": " ".join(keys)}, 200

    def _put_beside(self, findings: list[dict[str, Any]]) -> None:
        """Give findings their words in the other languages."""
        beside = read_findings_beside(
            self.release, self.answers, self.locale, self.as_of
        )
        for finding in findings:
            finding["beside"] = beside.get(finding["key"], [])

    def _show_check(self, walk: engine.Walk) -> tuple[str, dict[str, Any], int]:
        """Show all answers once more before the result."""
        context = self._build_context(walk) | {
            "sections": [
                {
                    "heading": heading,
                    "given": [self._describe(key, walk) for key in keys],
                }
                for heading, keys in group_by_section(self.release, walk.asked, self.w)
            ]
        }
        return "check", context, 200

    def _show_question(
        self,
        key: str,
        error: NotAnAnswer | None = None,
        walk: engine.Walk | None = None,
    ) -> tuple[str, dict[str, Any], int]:
        """Show a question; `walk` is that of the answers, where it is known."""
        form = build_question_form(self.release, key, self.w, self.answers.get(key))
        if error:
            keep_typed(form, self.post, error)
        walk = walk or engine.walk(self.release, self.answers, self.as_of)
        ranges = ranges_of(self.release.sha256)
        context = self._build_context(walk) | {
            "form": form,
            "beside": read_question_beside(self.release, key, self.locale, self.as_of),
            "progress": describe_progress(walk, key, ranges),
            "has_previous": bool(list_before(key, walk.asked)),
        }
        return "question", context, 422 if form.error else 200

    def _describe(self, key: str, walk: engine.Walk) -> dict[str, Any]:
        return describe_given_answer(self.release, key, walk.answers[key], self.w)

    def _build_context(self, walk: engine.Walk) -> dict[str, Any]:
        return {
            "key": self.key,
            **self.place._asdict(),
            "release": self.release,
            "law": describe_law(self.release, self.w),
            "screener": self.texts,
            "locale": self.locale,
            "other_languages": list_others(
                self.release, self.locale, self.place.find_address
            ),
            "notice": self.notice,
            "answers": json.dumps(self.answers),
            "urgent_told": " ".join(self.told),
            "was_checked": self.checked,
            "given": [self._describe(key, walk) for key in walk.asked],
        }


def list_before(question: str, asked: Sequence[str]) -> Sequence[str]:
    """Return what was asked before a question, or before the result."""
    return asked[: asked.index(question)] if question in asked else asked
