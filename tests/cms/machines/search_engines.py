"""What search engines and link previews require, written down from their own guides.

Google's guides to Article, Breadcrumb, FAQ, Logo and Sitelinks search box; ogp.me.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import jsonschema

ADDRESS = {"type": "string", "pattern": r"^https?://[^\s]+$"}
WORDS = {"type": "string", "minLength": 1}
MOMENT = {
    "type": "string",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$",
}
REFERENCE = {"type": "object", "required": ["@id"], "properties": {"@id": ADDRESS}}
IMAGE = {
    "type": "object",
    "required": ["@type", "url", "width", "height"],
    "properties": {
        "@type": {"const": "ImageObject"},
        "url": ADDRESS,
        "width": {"type": "integer", "minimum": 112},
        "height": {"type": "integer", "minimum": 112},
    },
}
MAKER = {
    "type": "object",
    "required": ["@type", "name", "url"],
    "properties": {
        "@type": {"enum": ["Organization", "LegalService"]},
        "name": WORDS,
        "url": ADDRESS,
        "logo": IMAGE,
    },
}
PERSON = {
    "type": "object",
    "required": ["@type", "name"],
    "properties": {"@type": {"const": "Person"}, "name": WORDS, "url": ADDRESS},
}
TYPES: dict[str, dict[str, Any]] = {
    "Organization": {**MAKER, "required": [*MAKER["required"], "logo"]},
    "LegalService": {**MAKER, "required": [*MAKER["required"], "logo", "address"]},
    "WebSite": {
        "required": ["name", "url", "inLanguage", "publisher"],
        "properties": {
            "name": WORDS,
            "url": ADDRESS,
            "publisher": REFERENCE,
            "potentialAction": {
                "required": ["@type", "target", "query-input"],
                "properties": {
                    "@type": {"const": "SearchAction"},
                    "query-input": {"const": "required name=search_term_string"},
                    "target": {
                        "required": ["@type", "urlTemplate"],
                        "properties": {
                            "urlTemplate": {
                                "type": "string",
                                "pattern": r"^https?://.+\{search_term_string\}$",
                            }
                        },
                    },
                },
            },
        },
    },
    "WebPage": {
        "required": ["url", "name", "inLanguage", "isPartOf"],
        "dependentRequired": {
            "reviewedBy": ["lastReviewed"],
            "lastReviewed": ["reviewedBy"],
        },
        "properties": {"url": ADDRESS, "name": WORDS, "isPartOf": REFERENCE},
    },
    "BreadcrumbList": {
        "required": ["itemListElement"],
        "properties": {
            "itemListElement": {
                "type": "array",
                "minItems": 2,
                "items": {
                    "required": ["@type", "position", "name", "item"],
                    "properties": {
                        "@type": {"const": "ListItem"},
                        "position": {"type": "integer", "minimum": 1},
                        "name": WORDS,
                        "item": ADDRESS,
                    },
                },
            }
        },
    },
    "Article": {
        "required": [
            *("headline", "image", "author", "publisher", "datePublished"),
            *("dateModified", "inLanguage", "isPartOf", "mainEntityOfPage"),
        ],
        "not": {"anyOf": [{"required": ["reviewedBy"]}, {"required": ["review"]}]},
        "properties": {
            "headline": {**WORDS, "maxLength": 110},
            "image": {
                **IMAGE,
                "properties": {
                    **IMAGE["properties"],
                    "width": {"const": 1200},
                    "height": {"const": 630},
                },
            },
            "author": {
                "anyOf": [MAKER, {"type": "array", "minItems": 1, "items": PERSON}]
            },
            "publisher": {**MAKER, "required": ["name", "logo"]},
            "datePublished": MOMENT,
            "dateModified": MOMENT,
            "isPartOf": REFERENCE,
        },
    },
    "DefinedTermSet": {
        "required": ["name", "url", "inLanguage", "hasDefinedTerm"],
        "properties": {
            "name": WORDS,
            "url": ADDRESS,
            "hasDefinedTerm": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "required": ["@type", "@id", "name", "description", "inLanguage"],
                    "properties": {
                        "@type": {"const": "DefinedTerm"},
                        "@id": ADDRESS,
                        "url": ADDRESS,
                        "name": WORDS,
                        "description": WORDS,
                    },
                },
            },
        },
    },
    "FAQPage": {
        "required": ["mainEntity"],
        "properties": {
            "mainEntity": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "required": ["@type", "name", "acceptedAnswer"],
                    "properties": {
                        "@type": {"const": "Question"},
                        "name": WORDS,
                        "acceptedAnswer": {
                            "required": ["@type", "text"],
                            "properties": {
                                "@type": {"const": "Answer"},
                                "text": WORDS,
                            },
                        },
                    },
                },
            }
        },
    },
}
PREVIEW = [
    *("og:title", "og:type", "og:url", "og:description", "og:site_name", "og:locale"),
    *("og:image", "og:image:width", "og:image:height", "og:image:alt"),
    "twitter:card",
]


class HeadOf(HTMLParser):
    """The head of a page: `meta` by name, `links` as attributes, data, the title."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.meta: dict[str, list[str]] = {}
        self.links: list[dict[str, str]] = []
        self.language = ""
        self.feed(html.partition("</head>")[0])
        self.data = read_data(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given["lang"]
        elif tag == "link":
            self.links.append(given)
        elif tag == "meta" and (name := given.get("property") or given.get("name")):
            self.meta.setdefault(name, []).append(given["content"])

    def one(self, name: str) -> str:
        (found,) = self.meta[name]
        return found

    def rel(self, rel: str, **more: str) -> list[str]:
        return [
            link["href"]
            for link in self.links
            if link.get("rel") == rel and more.items() <= link.items()
        ]

    @property
    def canonical(self) -> str:
        (found,) = self.rel("canonical")
        return found

    @property
    def alternates(self) -> dict[str, str]:
        return {
            link["hreflang"]: link["href"]
            for link in self.links
            if link.get("rel") == "alternate" and "hreflang" in link
        }


def read_data(html: str) -> dict[str, dict[str, Any]]:
    """Return the nodes of a page's graph by type, each checked."""
    found = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL
    )
    assert len(found) <= 1
    graph = json.loads(found[0])["@graph"] if found else []
    for node in graph:
        check_node(node)
    by_type = {node["@type"]: node for node in graph}
    assert len(by_type) == len(graph)
    return by_type


def check_node(node: dict[str, Any]) -> None:
    schema = {"type": "object", **TYPES[node["@type"]]}
    schema["required"] = sorted({*schema["required"], "@type", "@id"})
    jsonschema.validate(node, schema)


def check_preview(head: HeadOf) -> None:
    """A link to the page shows a title, words, a picture with its size and its text."""
    for name in PREVIEW:
        assert head.one(name), name
    for name in ("og:url", "og:image"):
        assert re.match(ADDRESS["pattern"], head.one(name)), name
    assert re.fullmatch(r"[a-z]{2}_[A-Z]{2}", head.one("og:locale"))
    assert (head.one("og:image:width"), head.one("og:image:height")) == ("1200", "630")
    assert head.one("og:url") == head.canonical
