"""Site settings and people in the admin's menu."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.identity.models import Person, SiteSettings
from cms.identity.published import find_settings
from screening_block.law.choosers import LawChooserViewSet
from screening_block.law.copy_views import LawCopyView


class IdentityChooserViewSet(LawChooserViewSet):
    """For those with a right to the records."""


class SiteSettingsViewSet(SnippetViewSet):
    model = SiteSettings
    chooser_viewset_class = IdentityChooserViewSet
    copy_view_class = LawCopyView
    icon = "home"
    menu_label = _("Site settings")
    # Just before Wagtail's own settings.
    menu_order = 9990
    add_to_admin_menu = True
    list_display = [
        "name",
        Column("site", label=_("Site"), sort_key="site"),
        LiveStatusTagColumn(),
    ]
    list_filter = ["site"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("name"),
                    FieldPanel("tagline"),
                    FieldPanel("is_legal_service"),
                    FieldPanel("social_image"),
                    FieldPanel("site"),
                ],
                heading=_("Organization"),
            ),
            ObjectList(
                [
                    FieldPanel("phones"),
                    FieldPanel("email"),
                    FieldPanel("address"),
                    MultiFieldPanel(
                        [FieldPanel("hours"), FieldPanel("hours_note")],
                        heading=_("Hours"),
                    ),
                    FieldPanel("languages"),
                    InlinePanel(
                        "help_lines", heading=_("Help lines"), label=_("Help line")
                    ),
                ],
                heading=_("Contact"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "main_items",
                        heading=_("Main menu"),
                        label=_("Item"),
                        help_text=_(
                            "While this list is empty, the menu shows the pages below "
                            "the home page that are marked “Show in menus”."
                        ),
                    ),
                    InlinePanel(
                        "footer_items",
                        heading=_("Footer menu"),
                        label=_("Item"),
                        help_text=_(
                            "While this list is empty, the foot of the page repeats "
                            "the main menu."
                        ),
                    ),
                ],
                heading=_("Menus"),
            ),
            ObjectList(
                [FieldPanel("disclaimer"), FieldPanel("footer_text")],
                heading=_("Foot of the page"),
            ),
        ]
    )


class PersonViewSet(SnippetViewSet):
    model = Person
    chooser_viewset_class = IdentityChooserViewSet
    copy_view_class = LawCopyView
    icon = "user"
    menu_label = _("People")
    menu_order = 220
    add_to_admin_menu = True
    list_display = [
        "name",
        Column("role", label=_("Role"), sort_key="role"),
        LiveStatusTagColumn(),
    ]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
        MultiFieldPanel(
            [FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")
        ),
        FieldPanel("bio"),
        FieldPanel("bar_admission"),
        FieldPanel("languages"),
        InlinePanel("links", heading=_("Links"), label=_("Link")),
    ]


register_snippet(SiteSettingsViewSet)
register_snippet(PersonViewSet)


@hooks.register("screening_block_site_name")
def tell_site_name(request: HttpRequest) -> str:
    """Name the provider of what is embedded elsewhere."""
    found = find_settings(request)
    return found.name if found else ""
