"""What a test client keeps of a page: the context of its template, not of each part.

Django copies the context of every template that takes part, and an editing form has
seven hundred of them, icons and widgets: a tenth of the time that such a page takes.
"""

from __future__ import annotations

from threading import local

from django.template import Context
from django.template.base import Template
from django.test.signals import template_rendered

_thread = local()


def render(template: Template, context: Context) -> str:
    """In the place of `Template._render`, where Django's tests look on."""
    if getattr(_thread, "inside", False):
        return template.nodelist.render(context)
    _thread.inside = True
    try:
        template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)
    finally:
        _thread.inside = False
