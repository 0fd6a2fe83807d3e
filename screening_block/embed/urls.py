"""What other sites embed; the site includes this at /embed/v1/."""

from django.urls import re_path

from . import views

app_name = "screening_embed"
urlpatterns = [
    re_path(r"^(?P<name>[\w-]+\.(?:js|css))$", views.file, name="file"),
]
