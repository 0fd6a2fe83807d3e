"""Addresses of the directory of help, below /api/v1/."""

from django.urls import path

from . import views

urlpatterns = [
    path("help/", views.HelpView.as_view(), name="help"),
    path("help/<slug:key>/", views.HelpEntryView.as_view(), name="help-entry"),
    path(
        "screeners/<slug:key>/help/",
        views.ScreenerHelpView.as_view(),
        name="screener-help",
    ),
]
