"""The application object a WSGI server runs."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

application = get_wsgi_application()

# All code stays for good. Walking through it again and again for garbage would stop
# any request for a tenth of a second.
import_module("cms.urls")
gc.collect()
gc.freeze()
