"""How to reach the site's owners, for templates."""

from typing import Any

from django import template

from cms.identity.models import SiteSettings
from screening_block.help.hours import describe_hours

register = template.Library()


@register.inclusion_tag("identity/contact.html")
def contact(settings: SiteSettings | None) -> dict[str, Any]:
    """Show the contact of a record; nothing without one."""
    hours = describe_hours(settings.openings) if settings else []
    return {"settings": settings, "hours": hours}
