"""Limits of logging in and of mails with a new password, and what the log says of them.

Failures are counted by name and address together, and by address over all names. What
is tried from elsewhere therefore never locks anybody out. They are counted in the
database, so a cache that is down changes nothing.
"""

import hashlib
import logging
from collections.abc import Callable
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _, override
from wagtail.admin.forms import auth

from cms.client import get_client_address, get_limit_key
from cms.throttles import count_request
from screening_block.models.staff_language import language_of

logger = logging.getLogger("cms.logins")


class LoginLimits(AxesDatabaseHandler):
    """Counts the failures of an address over all names, too, with a limit of its own.

    A whole office may share an address: that limit is higher, and a log-in that
    succeeds forgives the failures of its own name alone.
    """

    def get_failures(
        self, request: HttpRequest, credentials: dict[str, Any] | None = None
    ) -> int:
        failures: int = super().get_failures(request, credentials)
        address = getattr(request, "axes_ip_address", None)
        if address is None:
            return failures
        recent = AccessAttempt.objects.filter(
            ip_address=address, attempt_time__gte=get_cool_off_threshold(request)
        )
        total = recent.aggregate(total=Sum("failures_since_start"))["total"] or 0
        if total >= settings.LOGIN_FAILURES_PER_ADDRESS:
            return max(failures, settings.AXES_FAILURE_LIMIT)
        return failures


def describe_attempt(
    username: str | None,
    ip_address: str | None,
    user_agent: str,
    path_info: str,
    request: HttpRequest,
) -> str:
    """Name for the log who tries to log in: the name and the address.

    Only a name that somebody has: people type passwords into the wrong field.
    """
    users = get_user_model()
    known = users._default_manager.filter(**{users.USERNAME_FIELD: username}).exists()
    name = repr(username) if known else "a name nobody has"
    return f"{name} from {get_client_address(request) or 'an unknown address'}"


class LoginForm(auth.LoginForm):
    """Says so when the limit is why a right password is refused."""

    def get_invalid_login_error(self) -> Any:
        error = super().get_invalid_login_error()
        if getattr(self.request, "axes_locked_out", False):
            error.message = _(
                "Too many wrong passwords. Please wait half an hour, then try "
                "again. If you cannot wait, ask the people who run the site."
            )
        return error


def show_lockout(
    request: HttpRequest, response: HttpResponse | None, credentials: Any
) -> HttpResponse:
    """Show the log-in page with what `LoginForm` said, as 429."""
    response = response or HttpResponse(content_type="text/plain")
    response.status_code = 429
    return response


class PagePasswordMiddleware:
    """So many passwords of closed pages and documents an hour, for a client."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        # Wagtail has one view of this name for pages, and one for documents.
        named = getattr(view, "__name__", "") == "authenticate_with_password"
        if not named or request.method != "POST":
            return None
        if count_request("page_password", get_limit_key(request)):
            return None
        response = render(None, "429.html", status=429)
        response["Retry-After"] = "3600"
        return response


class PasswordResetForm(auth.PasswordResetForm):
    """Sends so many mails an hour to a mailbox, and so many for a client.

    Whoever asks for more is told the same as everybody: a different answer would tell
    which addresses are known. Every mail that came holds a link that works.
    """

    def save(self, *args: Any, **kwargs: Any) -> None:
        request = kwargs["request"]
        mailbox = self.cleaned_data["email"].casefold()
        key = hashlib.sha256(mailbox.encode()).hexdigest()
        # Both are counted, whichever is used up.
        within = [
            count_request("password_reset", get_limit_key(request)),
            count_request("password_mails", key),
        ]
        if all(within):
            super().save(*args, **kwargs)
        else:
            logger.warning(
                "More mails with a new password asked for than allowed, from %s.",
                get_client_address(request) or "an unknown address",
            )

    def send_mail(
        self, subject: str, text: str, context: dict[str, Any], *args: Any, **kw: Any
    ) -> None:
        """Write in the language of whoever gets it; nobody is logged in yet."""
        with override(language_of(context["user"])):
            super().send_mail(subject, text, context, *args, **kw)
