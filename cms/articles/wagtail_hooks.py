"""Topics in the admin: they are written as tags, and corrected here."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from cms.articles import reports  # noqa: F401 - the import registers its hooks
from cms.articles.models import ArticlePage, Topic


class TopicViewSet(ModelViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 210
    add_to_admin_menu = True
    list_display = ["name", "slug"]
    search_fields = ["name"]
    panels = [
        FieldPanel("name"),
        FieldPanel("translates"),
        FieldPanel("description"),
        FieldPanel("slug"),
    ]


class ArticleListingViewSet(PageListingViewSet):
    model = ArticlePage
    icon = "doc-full"
    menu_label = _("Articles")
    menu_order = 200
    add_to_admin_menu = True
    columns = [
        *PageListingViewSet.columns,
        Column("reviewer_name", label=_("Reviewed by"), sort_key="reviewed_by"),
        Column(
            "next_review_due", label=_("Next review due"), sort_key="next_review_due"
        ),
    ]


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[object]:
    return [ArticleListingViewSet("articles"), TopicViewSet("topics")]
