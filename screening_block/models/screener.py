"""The screener: a page, so that reviewers can comment on every part of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import swapper
from django.core.exceptions import ValidationError
from django.core.validators import (
    MaxValueValidator,
    MinValueValidator,
    RegexValidator,
)
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.search import index

from plugins.lazy import LazyStreamBlock
from plugins.streams import StreamField, registry_blocks
from plugins.text.fields import clean_text_fields
from screening_block.choices import SHORT_LISTS
from screening_block.engine.grammar import MAX_CHILDREN, MAX_MINUTES
from screening_block.fields.blocks import (
    FactBlock,
    FindingBlock,
    LineBlock,
    ResultGroupBlock,
    ResultHeadingBlock,
)
from screening_block.fields.page_forms import ReservedSlugCopyForm, ReservedSlugPageForm
from screening_block.fields.reserved_slugs import ReservedSlugMixin, reserved_keys
from screening_block.fields.time_zone_field import ZoneSelect, time_zones

from .guarded import GuardedPage
from .identity import KeyTakenError, ScreenerKey
from .panels import ScenariosPanel
from .publishing import FieldsError, content_changed, save_transaction
from .scenarios import Scenario
from .schedule import publish_planned_or_now
from .strict_json import StrictJSONField
from .translated import OfTranslationPanel, TranslatedPage, TranslationPanel

if TYPE_CHECKING:
    from wagtail.models import Page
else:
    Page = swapper.load_model("wagtailcore", "Page", require_ready=False)

#: What the names of preview modes begin with that show a scenario's result.
PREVIEW_PREFIX = "case-"
#: A menu with more entries than this helps nobody; the table of scenarios has all.
MAX_PREVIEWS = 40

NO_ALIAS = _(
    "A screener cannot have an alias: it would be the same questions under two names. "
    "Copy it, or link to it."
)
KEY_TAKEN = _("Another screener has this key. Choose a different one.")
KEY_RESERVED = _(
    "The site itself uses this word as an address. Choose a different one."
)


class FactsBlock(LazyStreamBlock):
    fact = FactBlock()

    class Meta:
        required = False
        collapsed = True


class FindingsBlock(LazyStreamBlock):
    finding = FindingBlock()

    class Meta:
        required = False
        collapsed = True


class LinesBlock(LazyStreamBlock):
    line = LineBlock()

    class Meta:
        required = False
        collapsed = True


class ResultGroupsBlock(LazyStreamBlock):
    group = ResultGroupBlock()
    heading = ResultHeadingBlock()

    class Meta:
        required = False
        collapsed = True


class Screener(ReservedSlugMixin, GuardedPage, TranslatedPage, Page):
    """Questions, facts and findings; publishing it publishes a release.

    Its structure (keys, rules, order) is that of the page in the default locale;
    a translation gives texts, matched by key.
    """

    key = models.CharField(
        _("key"),
        max_length=64,
        validators=[
            RegexValidator(
                r"\A[a-z0-9-]{1,64}\Z",
                _("Use only small letters a to z, digits and hyphens (at most 64)."),
            )
        ],
        help_text=_("Its name in links and in the API. It cannot change later."),
    )
    intro = models.TextField(
        _("intro"), blank=True, help_text=_("Shown before the questions.")
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes it takes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_MINUTES)],
        help_text=_("About how long the questions take. Shown before them."),
    )
    at_hand = models.TextField(
        _("what to have at hand"),
        blank=True,
        help_text=_("Such as court papers. Shown before the questions."),
    )
    foreign_words = models.TextField(
        _("words left in the other language"),
        blank=True,
        help_text=_(
            "One word or phrase a line, such as “probation”: what these texts leave in "
            "the site’s own language, because people meet it on papers. Screen readers "
            "then say it in that language. Capitals do not matter."
        ),
    )
    jurisdiction = models.CharField(_("jurisdiction"), max_length=40, default="us-ca")
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="America/Los_Angeles",
        choices=time_zones,
        help_text=_("“Today” is the date there."),
    )
    roll = models.CharField(
        _("29 February plus a year"),
        max_length=10,
        choices=[("last_day", _("28 February")), ("next_day", _("1 March"))],
        default="last_day",
    )
    reviewer = models.CharField(_("reviewed by"), max_length=160, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    next_review_due = models.DateField(_("next review due"), null=True, blank=True)
    exclusive = StrictJSONField(
        _("findings that exclude each other"),
        default=list,
        blank=True,
        help_text=_("Pairs of finding keys, as a JSON list of two-item lists."),
    )
    questions = StreamField(
        registry_blocks(
            "question_types",
            name="QuestionsBlock",
            base=LazyStreamBlock,
            collapsed=True,
        ),
        verbose_name=_("questions"),
        blank=True,
    )
    facts = StreamField(FactsBlock, verbose_name=_("facts"), blank=True)
    findings = StreamField(FindingsBlock, verbose_name=_("findings"), blank=True)
    short_meaning = StreamField(
        LinesBlock, verbose_name=SHORT_LISTS["short_meaning"], blank=True
    )
    short_risk = StreamField(
        LinesBlock, verbose_name=SHORT_LISTS["short_risk"], blank=True
    )
    short_action = StreamField(
        LinesBlock, verbose_name=SHORT_LISTS["short_action"], blank=True
    )
    open_most = models.PositiveSmallIntegerField(
        _("findings that stand open"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_CHILDREN)],
        help_text=_(
            "At most so many; the others unfold. Empty: 5. What is surely urgent is "
            "always open."
        ),
    )
    result_groups = StreamField(
        ResultGroupsBlock, verbose_name=_("groups that unfold"), blank=True
    )

    content_panels = [
        *Page.content_panels,
        TranslationPanel(),
        FieldPanel("intro"),
        FieldPanel("minutes"),
        FieldPanel("at_hand"),
        OfTranslationPanel("foreign_words"),
        MultiFieldPanel(
            [
                FieldPanel("reviewer"),
                FieldRowPanel(
                    [FieldPanel("reviewed_on"), FieldPanel("next_review_due")]
                ),
            ],
            heading=_("Legal review"),
        ),
        ScenariosPanel(heading=_("Scenarios")),
        MultiFieldPanel(
            [
                FieldPanel("key"),
                FieldRowPanel(
                    [
                        FieldPanel("jurisdiction"),
                        FieldPanel("time_zone", widget=ZoneSelect),
                    ]
                ),
                FieldPanel("roll"),
                FieldPanel("exclusive"),
            ],
            heading=_("Settings"),
            classname="collapsed",
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("About")),
            ObjectList([FieldPanel("questions")], heading=_("Questions")),
            ObjectList(
                [
                    HelpPanel(
                        _(
                            "A fact is a condition with a name, such as “this counts "
                            "as a conviction”. Findings and other facts can use it."
                        )
                    ),
                    FieldPanel("facts"),
                ],
                heading=_("Facts"),
            ),
            ObjectList([FieldPanel("findings")], heading=_("Findings")),
            ObjectList(
                [
                    HelpPanel(
                        _(
                            "A result begins with at most three sentences: what it may "
                            "mean, the main risk, and what to do first. Without lines "
                            "of yours it names the gravest finding and its first step. "
                            "Name a lawyer or legal aid in what to do first."
                        )
                    ),
                    FieldPanel("short_meaning"),
                    FieldPanel("short_risk"),
                    FieldPanel("short_action"),
                    MultiFieldPanel(
                        [FieldPanel("open_most"), FieldPanel("result_groups")],
                        heading=_("Order of the findings"),
                        classname="collapsed",
                    ),
                ],
                heading=_("In short"),
            ),
            ObjectList(
                [
                    *Page.promote_panels,
                    HelpPanel(
                        template="screening_block/admin/embed.html",
                        heading=_("On other sites"),
                    ),
                ],
                heading=_("Promote"),
            ),
            ObjectList(Page.settings_panels, heading=_("Publishing")),
        ]
    )
    search_fields = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("at_hand"),
        index.FilterField("key"),
    ]

    base_form_class = ReservedSlugPageForm
    copy_form_class = ReservedSlugCopyForm
    # A copy is another screener with a key of its own; see `_fill_key`.
    exclude_fields_in_copy = ["key"]
    template = "screening_block/screener_page.html"
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("screener")
        verbose_name_plural = _("screeners")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        clean_text_fields(self, kwargs.get("exclude"))
        self._fill_key()
        super().full_clean(*args, **kwargs)

    def _fill_key(self) -> None:
        """Fill in the key: the source's for a translation, a new one for a copy."""
        if not self.key:
            owned = ScreenerKey.of(self.translation_key)
            self.key = owned or ScreenerKey.free(self.slug, self.translation_key)

    def clean(self) -> None:
        super().clean()
        # Browsers post CRLF; a form saved as it was opened must change nothing.
        self.intro = self.intro.replace("\r\n", "\n")
        self.at_hand = self.at_hand.replace("\r\n", "\n")
        self.foreign_words = self.foreign_words.replace("\r\n", "\n")
        if self.key in reserved_keys():
            raise ValidationError({"key": KEY_RESERVED})
        if ScreenerKey.taken(self.key, self.translation_key):
            raise ValidationError({"key": KEY_TAKEN})
        before = ScreenerKey.of(self.translation_key)
        if before and before != self.key and self._was_published():
            raise ValidationError(
                {
                    "key": _(
                        "This screener is published as “%(key)s”, and other "
                        "sites may embed it by that name, so it cannot change."
                    )
                    % {"key": before}
                }
            )

    def _was_published(self) -> bool:
        """Whether it was ever public, in any language."""
        return (
            Screener.objects.filter(translation_key=self.translation_key)
            .exclude(first_published_at=None)
            .exists()
        )

    def with_content_json(self, content: dict[str, Any]) -> Screener:
        """Return a revision of this page with the page's own key."""
        page: Screener = super().with_content_json(content)
        page.key = self.key
        return page

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; when live content was written, publish a release.

        Raises `GateError`, with nothing changed, where the screener has errors, and
        `ValidationError` where its key is another one's.
        """
        self._fill_key()
        if kwargs.get("update_fields") is not None:
            # A state of the page alone: no content, and never the key.
            super().save(*args, **kwargs)
            return
        with save_transaction(self):
            try:
                self._claim()
                super().save(*args, **kwargs)
            except ValidationError as error:
                if self.live:
                    raise FieldsError(error, self) from None
                raise
            content_changed.send(type(self), records=[(self, None)])

    def _claim(self) -> None:
        """Make the key this screener's own, in all its languages."""
        source = self.alias_of
        if source is not None and source.translation_key != self.translation_key:
            raise ValidationError(NO_ALIAS)
        try:
            ScreenerKey.reserve(self.key, self.translation_key)
        except KeyTakenError:
            raise ValidationError({"key": KEY_TAKEN}) from None
        # A page saved by itself (a translation's draft) cannot leave the others behind.
        Screener.objects.filter(translation_key=self.translation_key).exclude(
            key=self.key
        ).update(key=self.key)

    def publish(
        self, revision: Any, *args: Any, log_action: Any = True, **kwargs: Any
    ) -> None:
        """Publish a revision; see `schedule` for one whose planned time has come."""
        act = partial(super().publish, revision, *args, log_action=log_action, **kwargs)
        publish_planned_or_now(self, revision, act, log_action)

    @cached_property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Every question, and the result of each scenario's answers, by name.

        Wagtail's templates ask for it once per mode.
        """
        scenarios = Scenario.objects.filter(screener=self.translation_key)
        named = scenarios.values_list("pk", "name")[:MAX_PREVIEWS]
        return [
            ("", _("Every question")),
            *((f"{PREVIEW_PREFIX}{pk}", name) for pk, name in named),
        ]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the draft, which the public page does not show."""
        context = {"page": self, "self": self, "mode": mode_name}
        return TemplateResponse(request, "screening_block/draft_preview.html", context)
