from django.apps import AppConfig


class KitAppConfig(AppConfig):
    """Pages for the tests of the plugin kit: stable streams and their stock twins."""

    name = "tests.kitapp"
    default_auto_field = "django.db.models.BigAutoField"
