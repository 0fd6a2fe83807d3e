"""“Try it”: the draft of a screener as a visitor meets it, and from any question.

As on the public page, the answers travel in the form alone. Nothing is stored until
somebody keeps them as a scenario, which is another form.
"""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _, gettext_lazy, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from screening_block import engine
from screening_block.choices import LEVELS
from screening_block.engine.dates import date_key
from screening_block.engine.wording import Wording
from screening_block.models.releases import texts_in, today
from screening_block.visitor.forms import (
    NotAnAnswer,
    build_question_form,
    keep_typed,
    read_posted_answer,
)
from screening_block.visitor.pages import build_result_page
from screening_block.visitor.results import build_result

from .scenario_view import ScenarioView


# It changes nothing here, and the visitor's form, which it shows, has no token.
@method_decorator(csrf_exempt, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class TryView(ScenarioView):
    """The first question (GET) or the step after what was posted (POST).

    Unlike a visitor, an editor may jump to any question. From then on answers that no
    visitor would be asked for stay, and what comes next is what is still relevant.
    """

    template_name = "screening_block/admin/scenarios/try.html"
    page_title = gettext_lazy("Try it")
    release: engine.Release
    answers: dict[str, Any]
    notice = ""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._render_step({})

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._render_step(request.POST)

    def _render_step(self, post: Any) -> HttpResponse:
        release = self.editions.draft
        if release is None:
            return self.render_to_response(self.get_context_data())
        self.release = release
        # A date is no answer, so it may stand in the address, which all forms keep.
        wanted = self.request.GET.get("as_of", "")
        self.as_of = wanted if date_key(wanted) else today(release)
        self.texts = texts_in(release, release.locale)
        self.w = Wording(release, release.locale, self.as_of)
        # As a visitor meets it: in the language of the rules.
        with override(release.locale):
            self.answers = self._read_answers(post)
            shown = self._handle(post)
        return self.render_to_response(self.get_context_data(**shown))

    def _read_answers(self, post: Any) -> dict[str, Any]:
        try:
            return engine.parse_answers(self.release, post.get("answers", "{}")).values
        except engine.AnswerError:
            self.notice = _(
                "The draft has changed, and the answers so far no longer fit. You "
                "start again."
            )
            return {}

    def _handle(self, post: Any) -> dict[str, Any]:
        todo, _colon, key = post.get("do", "").partition(":")
        if self.notice or todo == "restart":
            self.answers = {}
            return self._show_next()
        if todo == "ask":
            key = post.get("to", "")
        if todo in ("change", "ask") and key in self.release.questions:
            return self._show_question(key)
        question = post.get("question", "")
        if todo == "back":
            return self._show_question(self._find_previous(question))
        if question not in self.release.questions or todo not in ("next", "unsure"):
            return self._show_next()
        before = engine.walk(self.release, self.answers, self.as_of)
        jumped = bool(before.dropped) or question not in (*before.asked, before.next)
        try:
            self.answers[question] = (
                None
                if todo == "unsure"
                else read_posted_answer(self.release, question, post)
            )
        except NotAnAnswer as error:
            return self._show_question(question, error, post)
        return self._show_next(jumped)

    def _find_previous(self, question: str) -> str:
        """Return the answered question before `question`, in screener order."""
        keys = list(self.release.questions)
        place = keys.index(question) if question in keys else len(keys)
        earlier = [key for key in keys[:place] if key in self.answers]
        return earlier[-1] if earlier else keys[0]

    def _show_next(self, jumped: bool | None = None) -> dict[str, Any]:
        walk = engine.walk(self.release, self.answers, self.as_of)
        if jumped or (jumped is None and walk.dropped):
            coming = engine.evaluate(self.release, self.answers, self.as_of).next
        else:
            if walk.dropped:
                self.notice = _(
                    "Because of that change, some earlier answers no longer matter. "
                    "They are removed."
                )
            self.answers, coming = dict(walk.answers), walk.next
        if coming:
            return self._show_question(coming)
        release = self.release
        outcome = build_result(release, self.answers, self.as_of, release.locale)
        page = build_result_page(release, outcome, self.w, self.answers)
        return self._build_context() | page

    def _show_question(
        self, key: str, error: NotAnAnswer | None = None, post: Any = None
    ) -> dict[str, Any]:
        form = build_question_form(self.release, key, self.w, self.answers.get(key))
        if error:
            keep_typed(form, post, error)
        return self._build_context() | {"form": form}

    def _build_context(self) -> dict[str, Any]:
        levels = engine.levels(self.release, self.answers, self.as_of)
        return {
            "address": f"{self.address('try')}?{urlencode({'as_of': self.as_of})}",
            "day": self.as_of,
            "release": self.release,
            # Not `locale`: Wagtail's own base template takes that for a record.
            "language": self.release.locale,
            "notice": self.notice,
            "answers": json.dumps(self.answers),
            "given": [
                {
                    "key": key,
                    "label": self.texts["questions"][key]["label"],
                    "answer": self.w.answer(key, answer),
                }
                for key, answer in self.answers.items()
            ],
            "so_far": [
                {
                    "key": key,
                    "heading": self.texts["findings"][key]["heading"],
                    "level": LEVELS[level],
                    "firm": level == "applies",
                }
                for key, level in sorted(
                    levels.items(), key=lambda item: item[1] != "applies"
                )
                if level != "not_apply"
            ],
            "questions": [
                (key, words["label"]) for key, words in self.texts["questions"].items()
            ],
        }
