"""Synonyms in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.search.models import Synonyms


class SynonymsViewSet(SnippetViewSet):
    model = Synonyms
    icon = "search"
    menu_label = _("Search words")
    menu_order = 230
    add_to_admin_menu = True
    panels = [FieldPanel("language"), FieldPanel("words")]
    list_display = ["__str__", "language"]
    list_filter = ["language"]


register_snippet(SynonymsViewSet)
