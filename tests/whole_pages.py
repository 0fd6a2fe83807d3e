"""What a test client keeps of a page: the context of its template, not of each part.

Django copies the context of every template that takes part, and an editing form has
seven hundred of them, icons and widgets: a tenth of the time that such a page takes.

It also keeps what other threads render meanwhile: a client that asks while a browser
still waits for something of the live server might find a visitor's `form` in it.
"""

from __future__ import annotations

from threading import get_ident

import pytest
from django.template import Context
from django.template.base import Template
from django.test.signals import template_rendered


def install(patch: pytest.MonkeyPatch) -> None:
    """Let clients keep whole pages alone, and those of this thread."""
    thread, inside = get_ident(), False

    def render(template: Template, context: Context) -> str:
        nonlocal inside
        if get_ident() != thread or inside:
            return template.nodelist.render(context)
        inside = True
        try:
            template_rendered.send(sender=template, template=template, context=context)
            return template.nodelist.render(context)
        finally:
            inside = False

    # Where Django's tests look on.
    patch.setattr(Template, "_render", render)
