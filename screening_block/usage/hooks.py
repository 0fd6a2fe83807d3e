"""What the editor loads so that links from a list of uses open at their field."""

from django.templatetags.static import static
from django.utils.html import format_html_join
from wagtail import hooks


@hooks.register("insert_editor_js")
def add_editor_scripts() -> str:
    """Load scripts that open the editor at a linked field, and let a save come last."""
    files = [static(f"screening_block/admin/{n}.js") for n in ("goto", "save_last")]
    return format_html_join("", '<script src="{}"></script>', ([f] for f in files))
