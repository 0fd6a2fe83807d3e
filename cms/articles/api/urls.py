"""Addresses below /api/v1/ that the articles serve."""

from django.urls import path

from cms.articles.api.views import ArticleDetailView, ArticleListView, TopicListView

urlpatterns = [
    path("articles/", ArticleListView.as_view(), name="api-articles"),
    # `str`: slugs may hold letters of any script.
    path("articles/<str:slug>/", ArticleDetailView.as_view(), name="api-article"),
    path("topics/", TopicListView.as_view(), name="api-topics"),
]
