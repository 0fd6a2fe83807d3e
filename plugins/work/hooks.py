"""Where background work is found in the admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .views import DETAIL, LIST, JobView, WorkListView


@hooks.register("register_admin_urls")
def register_work_urls() -> list[Any]:
    return [
        path("work/", WorkListView.as_view(), name=LIST),
        path("work/<int:pk>/", JobView.as_view(), name=DETAIL),
    ]


@hooks.register("register_reports_menu_item")
def register_work_item() -> MenuItem:
    return MenuItem(
        WorkListView.page_title,
        reverse(LIST),
        name="background-work",
        icon_name="history",
        order=900,
    )


@hooks.register("register_permissions")
def register_work_permission() -> Any:
    return Permission.objects.filter(
        content_type__app_label="plugins", codename="view_job"
    )
