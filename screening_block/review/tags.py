"""Template tags of the admin's screens about screeners."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from wagtail.admin.compare import diff_text

from screening_block.models.review import edited_last
from screening_block.review.draft_changes import draft_changes, is_reviewable
from screening_block.review.impact import impact_of
from screening_block.review.impact_views import impact_url
from screening_block.review.wide_publish import is_wide
from screening_block.visitor.embed_html import (
    build_element_html,
    build_frame_html,
    build_link_markdown,
)

register = template.Library()


@register.simple_tag
def draft_review(record: Any, user: Any) -> dict[str, Any]:
    """Return what publishing the draft of `record` changes, and what would refuse it.

    `{"changes", "problems"}` for the template `changes.html`; `changes` is None for a
    record (such as an article) without rules. `"impact"`: for the template
    `impact.html`, or None. `"wide"`: where that is worked out instead, if it takes too
    long. `"edited_last"`: whether `user` did.
    """
    # Wagtail's view has a page as the plain `Page`.
    record = getattr(record, "specific", record)
    own = edited_last(record, user)
    if not is_reviewable(record):
        return {"changes": None, "problems": [], "impact": None, "edited_last": own}
    impact = None if is_wide(record) else impact_of(record)
    sections = impact["sections"] if impact else ()
    return {
        "edited_last": own,
        "changes": draft_changes(record),
        "problems": [text for s in sections for text in s.problems],
        "impact": impact,
        "wide": "" if impact else impact_url(record),
    }


@register.filter
def word_diff(change: Any) -> SafeString:
    """Return both texts of a `FieldChange` in one, with `del` and `ins`."""
    tags = {"addition": "ins", "deletion": "del"}
    return format_html_join(
        "",
        "{}{}{}",
        (
            (mark_safe(f"<{tag}>"), text, mark_safe(f"</{tag}>"))  # noqa: S308
            if (tag := tags.get(kind))
            else ("", text, "")
            for kind, text in diff_text(change.before, change.after).changes
        ),
    )


@register.simple_tag
def embed_snippets(page: Any, request: Any) -> dict[str, str]:
    """Return what to copy into other sites, `{element, frame, markdown, address}`.

    {} for a page that is not live.
    """
    locale = page.locale.language_code
    try:
        # In the language of the page, whatever the editor reads.
        with override(locale):
            addresses = {
                "source": reverse("screener", args=[page.key]),
                "script": reverse("screening_embed:file", args=["screener.js"]),
                "frame": reverse("screening_embed:frame", args=[page.key])
                + ("" if locale == settings.LANGUAGE_CODE else f"?locale={locale}"),
                "listener": reverse("screening_embed:file", args=["frame.js"]),
                "form": reverse("screening_block:form", args=[page.key]),
            }
    except NoReverseMatch:
        return {}
    if not (page.pk and page.live):
        return {}
    full = {name: request.build_absolute_uri(path) for name, path in addresses.items()}
    module = '<script type="module" src="{}"></script>'
    return {
        "element": "\n".join(
            [
                build_element_html(full["source"], full["form"], page.title, locale),
                format_html(module, full["script"]),
            ]
        ),
        "frame": "\n".join(
            [
                build_frame_html(full["frame"], page.title, locale),
                format_html(module, full["listener"]),
            ]
        ),
        "markdown": build_link_markdown(full["form"], page.title),
        "address": full["form"],
    }
