"""What other sites embed; the site includes this at /embed/v1/."""

from django.urls import path, re_path

from . import assets, check_page, check_states, oembed, views

app_name = "screening_embed"
urlpatterns = [
    re_path(rf"^(?P<name>{assets.NAME_PATTERN})$", views.serve_file, name="file"),
    path("oembed", oembed.oembed, name="oembed"),
    path("check", check_page.show_check, name="check"),
    path("check/words.js", check_page.serve_words, name="check-words"),
    path("check/<slug:state>/", check_states.answer_release, name="check-release"),
    path(
        "check/frame/<slug:state>/<slug:key>/",
        check_states.show_tried_frame,
        name="check-frame",
    ),
    # Not only keys: an address that can be none is answered in the frame as well.
    path("<str:key>/", views.show_frame, name="frame"),
]
