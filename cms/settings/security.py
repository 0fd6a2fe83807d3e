"""Who may do what in a visitor's browser, who may log in, what is written to logs.

Imported into ``base``. The promise behind it: reading the site, anonymously, sets no
cookie, loads nothing from a third party and runs no inline script or style.
"""

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE

# -- Content-Security-Policy ---------------------------------------------------

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
# Wagtail's admin still has inline scripts (panels, date inputs) and styles; it also
# shows previews in frames and pictures from blobs. Only staff ever get this policy.
ADMIN_CONTENT_SECURITY_POLICY: dict[str, Any] = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF],
    "frame-ancestors": [SELF],
}
ADMIN_PATHS = ("/admin/",)

SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Wagtail itself lets its previews be framed by the admin.
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = (
    "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()"
)

# -- Cookies: only staff ever get one, on logging in ---------------------------

SESSION_COOKIE_NAME = "staff_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_NAME = "staff_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
# The admin's scripts read the token from the page, never from the cookie.
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "cms.faults.csrf_failure"

# -- Logging in ----------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AXES_HANDLER = "cms.logins.LoginLimits"
AXES_FAILURE_LIMIT = 8
LOGIN_FAILURES_PER_ADDRESS = 40
AXES_COOLOFF_TIME = 0.5  # hours
# A try while locked does not begin the half hour again.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "cms.client.get_limit_key"
AXES_CLIENT_STR_CALLABLE = "cms.logins.describe_attempt"
AXES_LOCKOUT_CALLABLE = "cms.logins.show_lockout"
AXES_RESET_ON_SUCCESS = True
WAGTAILADMIN_USER_LOGIN_FORM = "cms.logins.LoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "cms.logins.PasswordResetForm"  # noqa: S105
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"

# -- Other sites may read the API, and nothing else ----------------------------

CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_CREDENTIALS = False
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS", "POST"]
CORS_ALLOW_HEADERS = ["accept", "content-type", "if-none-match"]
CORS_EXPOSE_HEADERS = ["allow", "etag", "link", "retry-after"]

# -- Logging: never a body, a query or an answer -------------------------------

# Only the console handler, so that no handler that writes out a request (mail to
# administrators, for one) is ever attached. Messages of `django.request` hold the
# path without its query.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
            # The office's time, with how far it is from UTC.
            "datefmt": "%Y-%m-%d %H:%M:%S%z",
        }
    },
    "filters": {"one_line": {"()": "cms.logs.OneLine"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["one_line"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # With bound parameters these would hold what was typed.
        "django.db.backends": {"handlers": [], "propagate": False},
    },
}
