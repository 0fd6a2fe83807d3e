"""Pages as schema.org data (JSON-LD), for search engines.

One graph a page. What is not so is left out: nobody reviewed a page unless its review
has a name and a day.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cms.articles.models import ArticlePage
from cms.articles.review import ReviewState
from cms.home.team import find_addresses
from cms.identity.people import Person, show_people
from cms.identity.published import find_settings
from cms.machines.head import Crumb, SharedImage, Subject
from cms.machines.organization import describe_organization
from cms.pages import BodyPage
from cms.richtext import to_html

# What `json_script` escapes, and for the same reason: no text can end the element.
JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
#: Characters. Longer headlines are refused by search engines.
HEADLINE = 110
LOGO, LOGO_SIZE = "cms/icon-512.png", 512
QUESTIONS = "questions_and_answers"

Node = dict[str, Any]


def write_data(graph: list[Node]) -> SafeString:
    """Return a graph as an element for the head.

    A script element of this type is a data block: browsers never run it, and a
    content security policy does not concern it.
    """
    data = {"@context": "https://schema.org", "@graph": graph}
    text = json.dumps(data, ensure_ascii=False).translate(JSON_ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308 - escaped just above
    )


class GraphBuilder:
    """Builds the graph of one page of a site that begins at `home`."""

    def __init__(
        self, request: HttpRequest, subject: Subject, site: str, home: str
    ) -> None:
        self.request = request
        self.subject = subject
        self.site = site
        self.home = home
        self.settings = find_settings(request, subject.language)

    @cached_property
    def addresses(self) -> dict[Any, str]:
        """Where people stand on pages of the team."""
        return find_addresses(self.request, self.subject.language)

    def build(self, image: SharedImage, search: str = "") -> list[Node]:
        """Return the nodes. `search` is the address of the search, at the home page."""
        subject = self.subject
        graph = [self._organization(), self._website(search), self._page()]
        if len(subject.trail) > 1:
            graph.append(self._breadcrumbs(subject.trail))
        if subject.article is not None:
            graph.append(self._article(subject.article, image))
        if questions := list(self._questions()):
            graph.append(
                {
                    "@type": "FAQPage",
                    "@id": f"{subject.url}#questions",
                    "isPartOf": {"@id": subject.url},
                    "inLanguage": subject.language,
                    "mainEntity": questions,
                }
            )
        return [*graph, *subject.nodes]

    def _organization(self) -> Node:
        node: Node = {
            "@type": "Organization",
            "@id": f"{self.home}#organization",
            "name": self.site,
            "url": self.home,
            "logo": {
                "@type": "ImageObject",
                "url": self.request.build_absolute_uri(static(LOGO)),
                "width": LOGO_SIZE,
                "height": LOGO_SIZE,
            },
        }
        return node | describe_organization(self.settings)

    def _website(self, search: str) -> Node:
        node: Node = {
            "@type": "WebSite",
            "@id": f"{self.home}#website",
            "name": self.site,
            "url": self.home,
            "inLanguage": self.subject.language,
            "publisher": {"@id": f"{self.home}#organization"},
        }
        if search:
            node["potentialAction"] = {
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": f"{search}?q={{search_term_string}}",
                },
                "query-input": "required name=search_term_string",
            }
        return node

    def _page(self) -> Node:
        subject = self.subject
        node: Node = {
            "@type": "WebPage",
            "@id": subject.url,
            "url": subject.url,
            "name": subject.title,
            "inLanguage": subject.language,
            "isPartOf": {"@id": f"{self.home}#website"},
        }
        if subject.description:
            node["description"] = subject.description
        if len(subject.trail) > 1:
            node["breadcrumb"] = {"@id": f"{subject.url}#breadcrumbs"}
        article = subject.article
        reviewed = article and article.review_state() != ReviewState.UNREVIEWED
        if article and reviewed and article.reviewed_on:
            node["reviewedBy"] = self._reviewer(article)
            node["lastReviewed"] = article.reviewed_on.isoformat()
        return node

    def _breadcrumbs(self, trail: list[Crumb]) -> Node:
        return {
            "@type": "BreadcrumbList",
            "@id": f"{self.subject.url}#breadcrumbs",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": place,
                    "name": crumb.name,
                    "item": crumb.url,
                }
                for place, crumb in enumerate(trail, 1)
            ],
        }

    def _person(self, person: Person) -> Node:
        node: Node = {"@type": "Person", "name": person.name}
        if person.role and person.locale.language_code == self.subject.language:
            node["jobTitle"] = person.role
        if address := self.addresses.get(person.translation_key):
            node["url"] = address
        if links := [link.url for link in person.links.all()]:
            node["sameAs"] = links
        return node

    def _reviewer(self, article: ArticlePage) -> Node:
        chosen = [article.reviewer_id] if article.reviewer_id else []
        for person in show_people(chosen, self.subject.language):
            return self._person(person)
        return {"@type": "Person", "name": article.reviewer_name}

    def _article(self, article: ArticlePage, image: SharedImage) -> Node:
        # Search engines do not follow an `@id` to find a name.
        publisher = self._organization()
        own = {name: publisher[name] for name in ("@type", "@id", "name", "url")}
        author = [self._person(one) for one in article.authors] or own
        node: Node = {
            "@type": "Article",
            "@id": f"{self.subject.url}#article",
            "headline": article.title[:HEADLINE],
            "description": article.description,
            "inLanguage": self.subject.language,
            "url": self.subject.url,
            "mainEntityOfPage": {"@id": self.subject.url},
            "isPartOf": {"@id": f"{self.home}#website"},
            "image": {
                "@type": "ImageObject",
                "url": image.url,
                "width": image.width,
                "height": image.height,
            },
            "author": author,
            "publisher": publisher,
        }
        if article.first_published_at:
            node["datePublished"] = article.first_published_at.isoformat()
        if article.last_published_at:
            node["dateModified"] = article.last_published_at.isoformat()
        if topics := self.subject.topics:
            node["articleSection"] = topics[0]
            node["keywords"] = topics
        return node

    def _questions(self) -> Iterator[Node]:
        """Yield the questions that stand on the page, with their answers as HTML."""
        page = self.subject.page
        if not isinstance(page, BodyPage):
            return
        links = page.page_links(self.request)
        for child in page.body:
            if child.block_type != QUESTIONS:
                continue
            for item in child.value["items"]:
                answer = to_html(item["answer"].source, links, self.subject.url)
                yield {
                    "@type": "Question",
                    "name": item["question"],
                    "acceptedAnswer": {"@type": "Answer", "text": answer},
                }
