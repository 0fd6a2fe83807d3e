"""What other sites embed; the site includes this at /embed/v1/."""

from django.urls import path, re_path

from . import oembed, views

app_name = "screening_embed"
urlpatterns = [
    re_path(r"^(?P<name>[\w-]+\.(?:js|css))$", views.serve_file, name="file"),
    path("oembed", oembed.oembed, name="oembed"),
    path("<slug:key>/", views.show_frame, name="frame"),
]
