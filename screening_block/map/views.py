"""The map of a screener: how its questions, facts and findings hang together."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _, gettext_lazy, override
from django.views.generic import TemplateView

from screening_block.choices import SHORT_LISTS
from screening_block.fields.posted_numbers import parse_number
from screening_block.models import Screener
from screening_block.publishing.compile import compile_screener
from screening_block.publishing.content import source_of
from screening_block.publishing.parts import LISTS, PartName
from screening_block.review.screener_views import ScreenerViewMixin
from screening_block.usage.index import UsageIndex
from screening_block.usage.reader import KINDS, get_edit_url

from .graph import Graph, build_graph
from .layout import draw_graph

NAME = "screening_block_map"
PLURALS = {
    "question": gettext_lazy("Questions"),
    "fact": gettext_lazy("Facts"),
    "finding": gettext_lazy("Findings"),
    **SHORT_LISTS,
}
#: So far the map goes at most when it is not the whole one.
STEPS = 4


@dataclass(frozen=True)
class OutlineEntry:
    """A node in the outline, with links: whom to, the address, what the edge says."""

    name: PartName
    label: str
    kind: Any
    map_url: str
    edit_url: str
    rests_on: list[tuple[str, str, str]]
    used_by: list[tuple[str, str, str]]

    @property
    def id(self) -> str:
        return f"{self.name.kind}-{self.name.key}"


class MapView(ScreenerViewMixin, TemplateView):
    """The newest draft as a map around one part (`?at=kind/key`), or whole (`?all=1`).

    `steps` is how far it goes, `q` finds parts by their words.
    """

    header_icon = "site"
    template_name = "screening_block/admin/map.html"

    def get_page_title(self) -> str:
        title = self.screener.get_latest_revision_as_object().title
        return _("Map: %(title)s") % {"title": title}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        whole = self.request.GET.get("all") == "1"
        query = self.request.GET.get("q", "").strip()
        found = self.graph.matching(query) if query else []
        center = None if whole else self.center(found)
        shown = self.graph.around(center, self.steps(center)) if center else self.graph
        drawing = draw_graph(shown, words=not whole)
        return super().get_context_data(
            **kwargs,
            screener=self.screener,
            language=self.language,
            whole=whole,
            drawing=drawing,
            boxes=[(box, self.at(box.node.name)) for box in drawing.boxes],
            outline=self.outline(shown, center),
            center=center,
            center_id=f"{center.kind}-{center.key}" if center else "",
            choices=self.choices(),
            steps=self.steps(center) if center else 0,
            all_steps=range(1, STEPS + 1),
            query=query,
            found=[(self.label(name), self.at(name)) for name in found[:30]],
            map_url=self.url(),
            whole_url=self.url(all=1),
        )

    @cached_property
    def graph(self) -> Graph:
        draft = self.source.get_latest_revision_as_object()
        today = timezone.localdate().isoformat()
        return build_graph(compile_screener(draft, drafts=True), today)

    @cached_property
    def language(self) -> str:
        """Return the language of the rules, and so of all that the map says of them."""
        return self.source.locale.language_code

    @cached_property
    def source(self) -> Screener:
        """Return the page whose rules count; a translation has the map of that."""
        return source_of(self.screener)

    def center(self, found: list[PartName]) -> PartName | None:
        """Return the part asked for, else the first match, else a finding."""
        asked = PartName(*self.request.GET.get("at", "").partition("/")[::2])
        if asked in self.graph.nodes:
            return asked
        if found:
            return found[0]
        names = sorted(self.graph.nodes, key=lambda name: name.kind != "finding")
        return names[0] if names else None

    def steps(self, center: PartName | None) -> int:
        """Return how far to go: a finding is read with what its facts depend on."""
        asked = parse_number(self.request.GET.get("steps"))
        if asked is not None:
            return min(max(asked, 1), STEPS)
        return 2 if center and center.kind == "finding" else 1

    def choices(self) -> list[tuple[Any, list[tuple[str, str]]]]:
        return [
            (
                PLURALS[kind],
                [
                    (f"{name.kind}/{name.key}", node.label)
                    for name, node in self.graph.nodes.items()
                    if name.kind == kind
                ],
            )
            for kind in reversed(LISTS)
        ]

    def outline(
        self, shown: Graph, center: PartName | None
    ) -> list[tuple[Any, list[OutlineEntry]]]:
        """Return what is drawn, as lists by kind; what the map is about comes first."""
        names = sorted(shown.nodes, key=lambda name: name != center)
        return [
            (
                PLURALS[kind],
                [self.entry(shown, name) for name in names if name.kind == kind],
            )
            for kind in reversed(LISTS)
            if any(name.kind == kind for name in names)
        ]

    def entry(self, shown: Graph, name: PartName) -> OutlineEntry:
        return OutlineEntry(
            name,
            shown.nodes[name].label,
            KINDS[name.kind],
            self.at(name),
            get_edit_url(self.source.pk, self.anchors.get(name, "")),
            [self.link(edge.source, edge.text) for edge in shown.into(name)],
            [self.link(edge.target, edge.text) for edge in shown.out_of(name)],
        )

    def link(self, name: PartName, words: str) -> tuple[str, str, str]:
        return self.label(name), self.at(name), words

    @cached_property
    def anchors(self) -> dict[PartName, str]:
        index = UsageIndex()
        pages = [page for page in [self.source.pk] if page in index.pages]
        return next((one.anchors for one in index.outlines(pages).values()), {})

    def label(self, name: PartName) -> str:
        """Return what a part is called, in the language of the rules as a whole."""
        with override(self.language):
            return _("%(kind)s “%(label)s”") % {
                "kind": KINDS[name.kind],
                "label": self.graph.nodes[name].label,
            }

    def at(self, name: PartName) -> str:
        return self.url(at=f"{name.kind}/{name.key}")

    def url(self, **query: Any) -> str:
        url = reverse(NAME, args=[self.screener.pk])
        return f"{url}?{urlencode(query)}" if query else url
