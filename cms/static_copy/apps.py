from django.apps import AppConfig


class StaticCopyConfig(AppConfig):
    name = "cms.static_copy"
    label = "static_copy"
