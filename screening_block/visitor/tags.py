"""Filters of the screener's templates."""

from __future__ import annotations

import json

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext as _, override

from screening_block import engine
from screening_block.engine.release_names import shorten_hash
from screening_block.models.releases import pick_locale, today
from screening_block.visitor.foreign_words import mark_foreign
from screening_block.visitor.markup import to_html

register = template.Library()


@register.simple_tag
def exit_url() -> str:
    """Return where “leave this site quickly” goes: a page nobody asks about."""
    return getattr(settings, "SCREENING_EXIT_URL", "https://www.weather.gov/")


@register.simple_tag(takes_context=True)
def confined_words(context: template.Context, key: str = "") -> str:
    """Return what a screener says in a frame whose sandbox forbids much, as JSON.

    By the languages of the release and that of the page. Members are the widget's own
    strings that it takes the place of; `confined` is what to do where nothing was
    printed or saved.
    """
    request = context.get("request")
    if request is None or not key:
        return ""
    try:
        address = request.build_absolute_uri(
            reverse("screening_block:form", args=[key])
        )
    except NoReverseMatch:
        return ""
    release = context.get("release")
    languages = {get_language() or "", *(release.data["texts"] if release else ())}
    words = {}
    for language in sorted(languages):
        with override(language):
            words[language] = _describe_confined(address)
    return json.dumps(words, ensure_ascii=False)


def _describe_confined(address: str) -> dict[str, str]:
    return {
        "exit": _("Hide this quickly"),
        "promise": _(
            "Your answers stay in this page on your device. They are not sent to us, "
            "and they are gone when you close the page, unless you save them to a file."
        )
        + " "
        + _(
            "This frame may not leave the page around it. “Hide this quickly”, or the "
            "Escape key three times, empties it; then close the page."
        ),
        # The widget's own line about Escape is about leaving.
        "keys": "",
        "confined": _(
            "If nothing was printed or saved, the page around this frame does not "
            "allow it. Copy what you want to keep, or answer on %(address)s, where "
            "it works."
        )
        % {"address": address},
    }


@register.simple_tag(takes_context=True)
def oembed_address(context: template.Context) -> str:
    """Return where the oEmbed form of the shown page is; "" where it has none."""
    request = context.get("request")
    try:
        path = reverse("screening_embed:oembed")
    except NoReverseMatch:
        return ""
    if request is None or not context.get("screener"):
        return ""
    page = request.build_absolute_uri(request.path)
    return f"{request.build_absolute_uri(path)}?{urlencode({'url': page})}"


@register.filter
def markup(text: str) -> SafeString:
    """Return the small markup as HTML."""
    return to_html(text or "")


@register.filter
def say_foreign(html: str, release: engine.Release | None) -> SafeString:
    """Mark what the texts around leave in the release's own language as such."""
    if not release:
        return mark_safe(html)  # noqa: S308 - a part of a template, as it was made
    return mark_foreign(html, release, pick_locale(release, get_language()))


@register.filter
def fill(text: str, release: engine.Release) -> str:
    """Put in the values of thresholds where the text names them."""
    locale = pick_locale(release, get_language())
    return engine.render_text(text or "", release, locale, today(release))


@register.filter
def short_hash(sha256: str) -> str:
    """Return what people read of the hash of a release."""
    return shorten_hash(sha256)
