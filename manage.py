#!/usr/bin/env python
"""Run Django's management commands with the site's settings."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.base")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        _ = settings.INSTALLED_APPS
    except ImproperlyConfigured as error:
        sys.exit(f"The settings are not right. {error}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
