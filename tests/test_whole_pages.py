"""A test client keeps the context of each whole page that it asked for."""

from __future__ import annotations

from threading import Thread
from typing import Any

from django.template import Context, Engine
from django.test.signals import template_rendered

PART = Engine().from_string("{{ of }}")
PAGE = Engine().from_string("{% include part with of='a part' %}")


def test_what_is_kept_is_the_page_alone_and_of_no_other_thread() -> None:
    kept: list[Any] = []

    def keep(context: Context, **_more: Any) -> None:
        kept.append(context.flatten())

    def render(of: str) -> str:
        return PAGE.render(Context({"of": of, "part": PART}))

    template_rendered.connect(keep)
    try:
        server = Thread(target=render, args=["a live server"])
        server.start()
        server.join()
        assert render("the page") == "a part"
        # The next page as well.
        render("another")
    finally:
        template_rendered.disconnect(keep)
    assert [one["of"] for one in kept] == ["the page", "another"]
