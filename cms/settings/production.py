"""Settings of a public server. Everything secret or local comes from variables.

Needed: SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL, CACHE_URL, SITE_URL. The rest is in
``docs/operations.md``.
"""

import os

from django.core.exceptions import ImproperlyConfigured

_missing = [
    name
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "CACHE_URL", "SITE_URL")
    if not os.environ.get(name)
]
if _missing:
    raise ImproperlyConfigured("Set these variables: " + ", ".join(_missing))

from cms.settings.base import *  # noqa: E402, F403
from cms.settings.tools import env_bool, env_int, env_list  # noqa: E402

LOCAL = False
DEBUG = False

SECURE_SSL_REDIRECT = env_bool("SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = env_int("HSTS_SECONDS", 365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env_bool("HSTS_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = env_bool("HSTS_PRELOAD", True)
# Believed only if a proxy that always sets this header stands in front.
if env_bool("BEHIND_TLS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-staff_session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-staff_csrf"
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")

STATIC_ROOT = VAR_DIR / "static"  # noqa: F405
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
}
WHITENOISE_USE_FINDERS = False

# A mail server that hangs must not hold a worker.
EMAIL_TIMEOUT = 10
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = env_int("EMAIL_PORT", 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", False)
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "webmaster@localhost")
