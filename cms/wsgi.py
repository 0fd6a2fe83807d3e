"""The application object a WSGI server runs."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

application: WSGIHandler = get_wsgi_application()
# Who develops changes what the database knows nothing of.
if settings.PAGES_KEPT_MB and not settings.DEBUG:
    application = import_module("cms.freshness.layer").KeepingHandler()

# All code stays for good. Walking through it again and again for garbage would stop
# any request for a tenth of a second.
import_module("cms.urls")
gc.collect()
gc.freeze()
# One answer of the API is made of thousands of things: not garbage to be looked for.
gc.set_threshold(20_000, 20, 50)
