"""What other sites embed; the site includes this at /embed/v1/."""

from django.urls import path, re_path

from . import assets, oembed, views

app_name = "screening_embed"
urlpatterns = [
    re_path(rf"^(?P<name>{assets.NAME_PATTERN})$", views.serve_file, name="file"),
    path("oembed", oembed.oembed, name="oembed"),
    # Not only keys: an address that can be none is answered in the frame as well.
    path("<str:key>/", views.show_frame, name="frame"),
]
