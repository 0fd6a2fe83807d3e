"""Settings of the test suite: fast, quiet, on SQLite unless told else.

TEST_DATABASE_URL and TEST_CACHE_URL run the same tests on PostgreSQL and Redis.
"""

import atexit
import os
import shutil
import tempfile
import zlib
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "sqlite://:memory:")
os.environ["CACHE_URL"] = os.environ.get("TEST_CACHE_URL", "locmem://tests")

from cms.settings.base import *  # noqa: F403

# Pages and a plugin that exist for tests only.
INSTALLED_APPS += ["tests.kitapp", "tests.dummy_plugin"]  # noqa: F405
VAR_DIR = Path(tempfile.mkdtemp(prefix="legal-cms-tests-"))
atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)
# One for all workers: they share rows, pictures among them.
MEDIA_ROOT = Path(os.environ.setdefault("TEST_MEDIA_ROOT", str(VAR_DIR / "media")))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
WHITENOISE_AUTOREFRESH = True
# Several checkouts on one machine may run their tests on one server at once.
if os.environ["DATABASE_URL"].startswith("postgres"):
    _checkout = zlib.crc32(str(BASE_DIR).encode())  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": f"test_cms_{_checkout:08x}"}  # noqa: F405
    # Nothing of it has to outlive a power cut.
    _options = DATABASES["default"]["OPTIONS"]  # noqa: F405
    _options["options"] = "-c synchronous_commit=off"
else:
    # A file, not memory: there all threads of a live server would share one connection,
    # and requests that arrive together (autosave, checks, a preview) would collide.
    DATABASES["default"]["NAME"] = str(VAR_DIR / "db.sqlite3")  # noqa: F405
    _options = DATABASES["default"]["OPTIONS"]  # noqa: F405
    _options["init_command"] += ";PRAGMA synchronous=OFF"
# The test database lives as long as the run: a kept connection to it would not.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
CACHES["default"]["KEY_FUNCTION"] = "tests.cache_keys.make_key"  # noqa: F405
REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = dict.fromkeys(  # noqa: F405
    REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]  # noqa: F405
)
AXES_ENABLED = False
# Tests ask Django; those of what is kept ask the layer before it themselves.
PAGES_KEPT_MB = 0
