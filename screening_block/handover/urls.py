"""Where files of answers are opened; the site includes this at /open/."""

from django.urls import path

from . import views

app_name = "screening_handover"
urlpatterns = [path("", views.show_opener, name="open")]
