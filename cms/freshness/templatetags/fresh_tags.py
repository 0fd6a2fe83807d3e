"""Parts that many pages have alike, made once for each state of the content."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.translation import get_language

from plugins.freshness import keep_not
from screening_block.public import remember_here

register = template.Library()
#: What Wagtail shows for a picture that cannot be read: it may be there any time.
MISSING = "/not-found"


class RememberedNode(template.Node):
    """See `remembered`."""

    def __init__(
        self,
        name: str,
        by: list[template.base.FilterExpression],
        nodelist: template.NodeList,
    ) -> None:
        self.name = name
        self.by = by
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        request = context.get("request")
        if not isinstance(request, HttpRequest) or _shows_a_draft(request):
            return self.nodelist.render(context)
        by = tuple(_freeze(expression.resolve(context)) for expression in self.by)
        key = ("part of pages", self.name, get_language(), by)
        return remember_here(request, key, lambda: self._make(context))

    def _make(self, context: template.Context) -> str:
        html = self.nodelist.render(context)
        if MISSING in html:
            keep_not()
        return html


def _shows_a_draft(request: Any) -> bool:
    settings = getattr(request, "_previewed_settings", None)
    return settings is not None or getattr(request, "is_preview", False)


def _freeze(value: Any) -> Hashable:
    return tuple(value) if isinstance(value, list) else value


@register.tag
def remembered(
    parser: template.base.Parser, token: template.base.Token
) -> RememberedNode:
    """Show what stands up to `{% endremembered %}`, from memory while nothing changes.

    `{% remembered "name" a b %}`: the name, unique in the site, and all that the part
    hangs on beside the content, the language and the address of the site. It must not
    hang on who asks, nor set anything that stands after it.
    """
    _tag, name, *by = token.split_contents()
    nodelist = parser.parse(("endremembered",))
    parser.delete_first_token()
    expressions = [parser.compile_filter(one) for one in by]
    return RememberedNode(name.strip("\"'"), expressions, nodelist)
