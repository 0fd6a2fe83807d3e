"""The visitor's form without script; the site includes this at /screeners/."""

from django.urls import path

from . import views

app_name = "screening_block"
urlpatterns = [path("<slug:key>/", views.show_form, name="form")]
