"""Settings shared by every way of running the site.

Used as they are, they serve the site on one's own machine: SQLite under ``var/``,
a secret key made on first use, no mail. ``production.py`` and ``test.py`` build on
them. Everything that differs between machines comes from the environment.
"""

import os
from pathlib import Path
from typing import Any

import django.conf.locale
from django.utils.translation import gettext_lazy as _

from cms.settings.security import *  # noqa: F403 - one list of settings, in two files
from cms.settings.tools import (
    cache_from_url,
    database_from_url,
    env_bool,
    env_contacts,
    env_hosts,
    env_int,
    env_rate,
    env_site,
    env_zone,
    local_secret_key,
)
from plugins import installed_plugins

BASE_DIR = Path(__file__).resolve().parents[2]
# Everything the running site writes: database, uploads, collected static files.
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))

# LOCAL is the embedded mode of `make run`: uploads are served by Django itself and
# the demo may print a password. Production switches it off.
LOCAL = True
DEBUG = env_bool("DEBUG", False)
SECRET_KEY = os.environ.get("SECRET_KEY") or local_secret_key(VAR_DIR / "secret_key")
ALLOWED_HOSTS = env_hosts("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
INTERNAL_IPS = ["127.0.0.1"]
# How many proxies stand in front and may be believed about the client's address.
TRUSTED_PROXIES = env_int("TRUSTED_PROXIES", 0)

INSTALLED_APPS = [
    # First: it guards the `wagtail_hooks` of plugins, which Wagtail imports early.
    "plugins",
    # Its pages that ask before something goes stand in the place of Wagtail's.
    "screening_block.usage",
    "cms.demo",
    "cms.articles",
    "cms.changes",
    "cms.freshness",
    "cms.glossary",
    "cms.home",
    "cms.identity",
    "cms.machines",
    "cms.previews",
    "cms.search",
    "cms.static_copy",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.typed_table_block",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    # After `wagtail`: it looks up the page model by the swapper while loading.
    "screening_block",
    "screening_block.help",
    "modelcluster",
    "taggit",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "corsheaders",
    "csp",
    "axes",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    *installed_plugins(),
]

MIDDLEWARE = [
    # First: with a proxy misunderstood, the next one may answer with a redirect.
    "cms.middleware.ProxyNoticeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # What is not kept for everybody; that is compressed once (`cms/freshness/kept.py`).
    # Tokens in forms are masked anew each time, and lengths are blurred.
    "django.middleware.gzip.GZipMiddleware",
    "cms.middleware.ReadingMiddleware",
    "cms.middleware.SitePolicyMiddleware",
    "cms.middleware.TextMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.middleware.AddressLocaleMiddleware",
    # Before anything reads what was sent, and in the language of the address.
    "cms.limits.limit_bodies",
    "cms.middleware.ApiSlashMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
    "cms.logins.PagePasswordMiddleware",
    "cms.faults.FaultsMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# -- Data ----------------------------------------------------------------------

DATABASES = {
    "default": database_from_url(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'db.sqlite3'}"
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": cache_from_url(os.environ.get("CACHE_URL") or "locmem://")}
# Megabytes of memory, in each process, for pages and answers that were rendered before;
# 0 keeps none. And for how many seconds shared caches may answer pages unasked.
PAGES_KEPT_MB = env_int("PAGES_KEPT_MB", 64)
PAGES_SHARED_SECONDS = env_int("PAGES_SHARED_SECONDS", 0)
# For how many days the feed of changes tells what went; who asks later starts anew.
CHANGES_KEPT_DAYS = env_int("CHANGES_KEPT_DAYS", 90)
# The dotted path of a function that tells a shared cache which addresses changed.
PAGES_PURGE = os.environ.get("PAGES_PURGE", "")
# The longest screeners post 13,000 fields when every part is open, where Django's
# default allows 1,000. What limits them is the number of bytes. A file of a screener,
# which is at most 2 MB, may grow on its way through a form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
# Bytes of a whole request, files included. Visitors and other sites send answers; the
# largest that staff send is a document.
MAX_BODY = 1_000_000
STAFF_MAX_BODY = 25_000_000
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False

# -- Background work -----------------------------------------------------------

# With a worker (`manage.py worker`) what takes long is left to it; without one, each
# request does all of its work itself.
_backend = "django_tasks.backends.immediate.ImmediateBackend"
if env_bool("WORKER", False):
    _backend = "django_tasks_db.DatabaseBackend"
TASKS: dict[str, Any] = {"default": {"BACKEND": _backend, "QUEUES": []}}
# How many pages a request publishes itself, and of how many screeners.
WORK_AT_ONCE = env_int("WORK_AT_ONCE", 5)

# -- Languages -----------------------------------------------------------------

# Django ships no Tagalog: without an entry here asking for its name is an error.
django.conf.locale.LANG_INFO.setdefault(
    "tl",
    {"bidi": False, "code": "tl", "name": "Tagalog", "name_local": "Tagalog"},
)
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en", _("English")),
    ("es", _("Spanish")),
    ("zh-hans", _("Simplified Chinese")),
    ("vi", _("Vietnamese")),
    ("ko", _("Korean")),
    ("tl", _("Tagalog")),
]
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]
TIME_ZONE = env_zone("TIME_ZONE", "America/Los_Angeles")
USE_I18N = True
USE_TZ = True

# -- Files ---------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "cms" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", VAR_DIR / "media"))
# Bytes. With less room on its disk no upload is taken, and the health check says so.
MEDIA_MIN_FREE = 100_000_000
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "renditions": {"BACKEND": "cms.renditions.RenditionStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Serve static files from where they are written: no collecting step on one's own
# machine, and an edit shows at once. Production collects, hashes and compresses.
WHITENOISE_USE_FINDERS = True

# -- Wagtail -------------------------------------------------------------------

# Written by editors and approved by reviewers, as the law is.
SCREENING_REVIEWED_MODELS = [
    "identity.sitesettings",
    "identity.person",
    "glossary.term",
]
# What editors keep without any review.
SCREENING_KEPT_MODELS = ["word_search.synonyms"]
# Approving publishes, also for reviewers who may not publish past the review.
WAGTAIL_FINISH_WORKFLOW_ACTION = "screening_block.review.workflows.publish_approved"
WAGTAIL_SITE_NAME = os.environ.get("SITE_NAME", "Plain Terms")
# Whom /.well-known/security.txt names; without anybody there is none.
SECURITY_CONTACT = env_contacts("SECURITY_CONTACT")
WAGTAILADMIN_BASE_URL = env_site("SITE_URL", "http://127.0.0.1:8000")
WAGTAILAPI_BASE_URL = WAGTAILADMIN_BASE_URL
WAGTAILAPI_RICH_TEXT_FORMAT = "html"
WAGTAILAPI_LIMIT_MAX = 100
WAGTAILAPI_SEARCH_ENABLED = False
WAGTAIL_I18N_ENABLED = True
# Autosave validates the whole form: half as often as Wagtail's default.
WAGTAIL_AUTOSAVE_INTERVAL = 1000
# A direct publish ends a running review, and the history says so.
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = True
# The admin asks nobody outside: no avatars by e-mail hash, no update check.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "wagtailcore/password_required.html"  # noqa: S105
WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
# Of all frames together. A phone's largest has 50 million; each takes 4 bytes to read.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.images.uploads.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.images.uploads.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "cms.search.backend"},
}

# -- API -----------------------------------------------------------------------

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["screening_block.api.parsers.StrictJSONParser"],
    # Nobody is known to the API: it reads no session and so needs no CSRF token.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_SCHEMA_CLASS": "cms.api.openapi.DescribedView",
    # `?format=` is as unknown as any other parameter.
    "URL_FORMAT_OVERRIDE": None,
    "EXCEPTION_HANDLER": "screening_block.api.errors.problem_handler",
    # Views that name a `throttle_scope` are limited.
    "DEFAULT_THROTTLE_CLASSES": ["cms.throttles.AddressThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "search": env_rate("API_RATE_SEARCH", "60/min"),
        "evaluate": env_rate("API_RATE_EVALUATE", "600/min"),
        "password_reset": "10/hour",
        "password_mails": "3/hour",
        "page_password": "20/hour",
    },
    # For throttles of plugins that are not ours.
    "NUM_PROXIES": TRUSTED_PROXIES,
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Legal content API",
    "DESCRIPTION": "Articles, topics, screeners and their releases, read only. "
    "Answers sent to `evaluate` are never stored.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    # Wagtail brings its own API views; only ours are promised and described.
    "PREPROCESSING_HOOKS": ["cms.api.openapi.keep_own_paths"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "cms.api.openapi.complete",
    ],
}
