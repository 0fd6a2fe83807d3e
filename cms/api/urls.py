"""Addresses below /api/v1/ that the site serves."""

from django.urls import path

from cms.api.article_endpoints import (
    ArticleDetailView,
    ArticleListView,
    TopicDetailView,
    TopicListView,
)
from cms.api.page_endpoints import PageDetailView, PageListView
from cms.api.site_endpoints import IndexView, SiteView
from cms.api.term_endpoints import TermDetailView, TermListView

urlpatterns = [
    path("", IndexView.as_view(), name="api-index"),
    path("articles/", ArticleListView.as_view(), name="api-articles"),
    # `str`: slugs may hold letters of any script.
    path("articles/<str:slug>/", ArticleDetailView.as_view(), name="api-article"),
    path("topics/", TopicListView.as_view(), name="api-topics"),
    path("topics/<str:slug>/", TopicDetailView.as_view(), name="api-topic"),
    path("terms/", TermListView.as_view(), name="api-terms"),
    path("terms/<str:slug>/", TermDetailView.as_view(), name="api-term"),
    path("pages/", PageListView.as_view(), name="api-pages"),
    path("pages/<path:place>/", PageDetailView.as_view(), name="api-page"),
    path("site/", SiteView.as_view(), name="api-site"),
]
