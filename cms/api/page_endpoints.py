"""Endpoints of the site's pages, whatever their kind, with what all of them share."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.models import Page, Site, get_page_models

from cms.api.bodies import describe_body, describe_links, list_translations
from cms.api.page_shapes import (
    PageListSerializer,
    PageSerializer,
    PageSummarySerializer,
)
from cms.api.parameters import Parameters, describe, read_parameters
from cms.articles.models import ArticlePage
from cms.blocks.media import describe_image
from cms.home.models import HelpPage, HomePage, TeamPage
from cms.identity.people import Person
from cms.pages import BodyPage, SitePage
from cms.references import describe_pages, name_kind
from screening_block.api.paging import build_links
from screening_block.api.tagged import TaggedView
from screening_block.models import Screener
from screening_block.public import only_public, public_pages, release_of

FIELDS = tuple(PageSerializer().fields)
DEFAULT_FIELDS = tuple(PageSummarySerializer().fields)
LISTED = ("type", "locale", "limit", "offset", "text", "expand")
READ = ("locale", "text", "expand")


class PageReader:
    """Reads pages for one request: `fields` of them, as `asked`."""

    def __init__(
        self, request: Request, asked: Parameters, fields: tuple[str, ...]
    ) -> None:
        self.request: Any = request
        self.fields = fields
        self.context: dict[str, Any] = {
            "request": request,
            "text": asked.text,
            "expand": (asked.expand,),
        }
        self.roots = find_roots(request)

    def read(self, page: Any) -> dict[str, Any]:
        """Return the fields of a page (its specific instance)."""
        return {name: getattr(self, f"_{name}")(page) for name in self.fields}

    def _id(self, page: Page) -> int:
        return page.pk

    def _type(self, page: Page) -> str:
        return name_kind(type(page))

    def _slug(self, page: Page) -> str:
        return page.slug

    def _path(self, page: Page) -> str:
        root = self.roots.get(page.locale.language_code)
        below = page.url_path.removeprefix(root.url_path) if root else page.slug
        return below.strip("/")

    def _locale(self, page: Page) -> str:
        return page.locale.language_code

    def _title(self, page: Page) -> str:
        return page.title

    def _summary(self, page: Page) -> str:
        return page.summary if isinstance(page, SitePage) else ""

    def _url(self, page: Page) -> str:
        return page.get_full_url(self.request)

    def _parent(self, page: Page) -> int | None:
        if any(page.pk == root.pk for root in self.roots.values()):
            return None
        above: Page | None = page.get_parent()
        return above.pk if above else None

    def _in_menus(self, page: Page) -> bool:
        return page.show_in_menus

    def _published_at(self, page: Page) -> Any:
        return page.first_published_at

    def _updated_at(self, page: Page) -> Any:
        return page.last_published_at

    def _description(self, page: Page) -> str:
        if isinstance(page, SitePage):
            return page.description
        return page.search_description or ""

    def _body(self, page: Page) -> list[dict[str, Any]]:
        return describe_body(page, self.context) if isinstance(page, BodyPage) else []

    def _links(self, page: Page) -> list[dict[str, Any]]:
        return describe_links(page, self.context) if isinstance(page, BodyPage) else []

    def _translations(self, page: Page) -> list[dict[str, str]]:
        if not isinstance(page, (SitePage, Screener)):
            return []
        others = Page.objects.filter(translation_key=page.translation_key)
        public = public_pages(others.exclude(pk=page.pk), self.request)
        return list_translations(public.select_related("locale"), self.context)

    def _key(self, page: Page) -> str | None:
        return page.key if isinstance(page, Screener) else None

    def _area(self, page: Page) -> str | None:
        return page.area if isinstance(page, HelpPage) else None

    def _people(self, page: Page) -> list[dict[str, Any]]:
        if not isinstance(page, TeamPage):
            return []
        return [self._describe(person) for person in page.list_people()]

    def _describe(self, person: Person) -> dict[str, Any]:
        picture = person.picture
        return {
            "name": person.name,
            "role": person.role,
            "bio": person.bio,
            "bar_admission": person.bar_admission,
            "languages": person.languages,
            "locale": person.locale.language_code,
            "picture": picture
            and describe_image(picture, person.picture_alt, self.context),
            "links": [
                {"label": link.label, "url": link.url} for link in person.links.all()
            ],
        }

    def _action(self, page: Page) -> dict[str, Any] | None:
        if not isinstance(page, HomePage) or not page.action_page_id:
            return None
        chosen = Page.objects.filter(pk=page.action_page_id).select_related("locale")
        found = only_public(chosen, self.request, anywhere=True)
        addresses = [(one, one.get_full_url(self.request)) for one in found]
        for reference in describe_pages(addresses):
            label = page.action_label or reference["title"]
            return {"label": label, "link": reference}
        return None


def find_roots(request: Any) -> dict[str, Page]:
    """Return the start of the site that is asked, by language."""
    site = Site.find_for_request(getattr(request, "_request", request))
    if site is None:
        return {}
    keys = Page.objects.filter(pk=site.root_page_id).values("translation_key")
    roots = Page.objects.filter(translation_key__in=keys).select_related("locale")
    return {root.locale.language_code: root for root in roots}


def find_pages(request: Request) -> Any:
    """Return the pages of any kind that anybody may read here."""
    return public_pages(Page.objects.all(), request).select_related("locale")


class PageListView(TaggedView):
    """List the pages of the site in their order, articles left out.

    Articles are listed by `articles`, and here with `type=article`.
    """

    @extend_schema(
        operation_id="pages_list",
        summary="List pages",
        parameters=describe(*LISTED, fields=FIELDS),
        responses={200: PageListSerializer},
        tags=["pages"],
    )
    def get(self, request: Request) -> Response:
        asked = read_parameters(request, {*LISTED, "fields"}, FIELDS)
        pages = find_pages(request).filter(locale__language_code=asked.locale)
        if asked.type:
            kinds = [one for one in get_page_models() if name_kind(one) == asked.type]
            pages = pages.exact_type(*kinds) if kinds else pages.none()
        else:
            pages = pages.not_exact_type(ArticlePage)
        count = pages.count()
        fields = asked.fields or DEFAULT_FIELDS
        found = pages.order_by("path").specific()
        if not {"body", "links"} & set(fields):
            found = found.defer_streamfields()
        reader = PageReader(request, asked, fields)
        page = found[asked.offset : asked.offset + asked.limit]
        return Response(
            {
                "count": count,
                **build_links(request, asked.limit, asked.offset, count),
                "results": [reader.read(one) for one in page],
            }
        )


class PageDetailView(TaggedView):
    """One page, by its id or by its path below the start of a language."""

    @extend_schema(
        operation_id="pages_retrieve",
        summary="Read one page",
        parameters=[
            OpenApiParameter(
                "place",
                {"type": "string", "minLength": 1},
                OpenApiParameter.PATH,
                description="Its `id`, or its `path` in the language asked for.",
            ),
            *describe(*READ, fields=FIELDS),
        ],
        responses={200: PageSerializer},
        tags=["pages"],
    )
    def get(self, request: Request, place: str) -> Response:
        asked = read_parameters(request, {*READ, "fields"}, FIELDS)
        found = self._find(request, place, asked.locale)
        page = found.specific if found else None
        if page is None:
            raise Http404
        # Where its release was recalled a screener's page says why, and so does this.
        if isinstance(page, Screener) and release_of(page, request) is None:
            raise Http404
        reader = PageReader(request, asked, asked.fields or FIELDS)
        return Response(reader.read(page))

    def _find(self, request: Request, place: str, locale: str) -> Page | None:
        pages = find_pages(request)
        by_id = place.isascii() and place.isdecimal() and len(place) < 19
        if by_id and (page := pages.filter(pk=int(place)).first()):
            found: Page = page
            return found
        root = find_roots(request).get(locale)
        if root is None:
            return None
        path = f"{root.url_path}{place.strip('/')}/"
        here: Page | None = pages.filter(url_path=path).first()
        return here
