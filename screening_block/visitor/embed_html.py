"""What other sites paste: for the element, for the frame, and a link in Markdown.

Both fit the narrowest phone and keep their space until the screener has come. Many
sites take away styles, some attributes they do not know: what is left must still fit.
"""

import re

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 680, 720
#: The start of a screener on a phone is as high, more or less.
ELEMENT_HEIGHT = 640


def build_frame_html(
    address: str,
    title: str,
    locale: str,
    width: int = WIDTH,
    height: int = HEIGHT,
) -> SafeString:
    """Return the frame: as wide as its place, and at most `width`. `locale`: the
    language of its title, which is read aloud in the middle of somebody's page."""
    return format_html(
        '<iframe src="{}" title="{}" lang="{}" width="100%" height="{}" frameborder="0"'
        ' style="width:100%;max-width:{}px;border:0"></iframe>',
        address,
        title,
        locale,
        height,
        width,
    )


def build_element_html(source: str, page: str, title: str, locale: str) -> SafeString:
    """Return the element. Inside stands a link, for where its script does not run; its
    `title` is in the language `locale`."""
    return format_html(
        '<legal-screener src="{}" style="display:block;min-height:{}px">'
        '<a href="{}" lang="{}">{}</a></legal-screener>',
        source,
        ELEMENT_HEIGHT,
        page,
        locale,
        title,
    )


def build_link_markdown(page: str, title: str) -> str:
    """Return a link for where all else is taken out; nothing in it is HTML."""
    named = re.sub(r"([\\`*_\[\]])", r"\\\1", escape(title))
    return f"[{named}]({page})"
