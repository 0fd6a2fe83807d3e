"""The glossary in the admin's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.glossary.models import Term
from screening_block.law.choosers import LawChooserViewSet
from screening_block.law.copy_views import LawCopyView
from screening_block.models.translated import TranslationPanel


class TermChooserViewSet(LawChooserViewSet):
    """For those with a right to the records."""


class TermViewSet(SnippetViewSet):
    model = Term
    chooser_viewset_class = TermChooserViewSet
    copy_view_class = LawCopyView
    icon = "openquote"
    menu_label = _("Glossary")
    menu_order = 225
    add_to_admin_menu = True
    list_display = [
        "name",
        Column("citation", label=_("Source")),
        Column("get_status_display", label=_("Verified"), sort_key="status"),
        LiveStatusTagColumn(),
    ]
    list_filter = ["status", "in_place"]
    search_fields = ["name", "forms", "explanation"]
    panels = [
        TranslationPanel(),
        FieldPanel("name"),
        FieldPanel("forms"),
        FieldPanel("explanation"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("citation"), FieldPanel("status")]),
                FieldPanel("source_url"),
            ],
            heading=_("Source"),
        ),
        PageChooserPanel("page"),
        FieldPanel("in_place"),
    ]


register_snippet(TermViewSet)
