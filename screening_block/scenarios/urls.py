"""Addresses of the scenarios' admin, below the page of their screener."""

from django.urls import path

from .edit import AddView, CopyView, DeleteView, EditView
from .sheet_views import ExportScenariosView, ImportScenariosView
from .table import AcceptView, TableView
from .try_it import TryView

app_name = "screening_scenarios"
urlpatterns = [
    path("<int:page>/", TableView.as_view(), name="table"),
    path("<int:page>/add/", AddView.as_view(), name="add"),
    path("<int:page>/accept/", AcceptView.as_view(), name="accept"),
    path("<int:page>/export/", ExportScenariosView.as_view(), name="export"),
    path("<int:page>/import/", ImportScenariosView.as_view(), name="import"),
    path("<int:page>/try/", TryView.as_view(), name="try"),
    path("<int:page>/<int:pk>/", EditView.as_view(), name="edit"),
    path("<int:page>/<int:pk>/copy/", CopyView.as_view(), name="copy"),
    path("<int:page>/<int:pk>/delete/", DeleteView.as_view(), name="delete"),
]
