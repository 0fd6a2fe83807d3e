"""Template tags of the editor's pages."""

from django import template
from django.utils.safestring import SafeString

from screening_block.models import Screener

from .preview import render_preview

register = template.Library()


@register.simple_tag(takes_context=True)
def draft_preview(context: template.Context, page: Screener, mode: str) -> SafeString:
    """Render the page that shows a draft; the model uses nothing else of the editor."""
    return render_preview(context["request"], page, mode)
