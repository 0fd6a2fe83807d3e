"""What is answered where a request cannot be done: a sentence, never a bare fault.

A refusal of ours (`ValidationError`, the publishing gate's among them) and a record
that somebody else was faster with are told on a page of the admin. What makes no sense
as a request is a 400. Everything else stays a fault of ours, a 500. Wherever a form was
sent, it is still there for whoever presses Back.
"""

import errno
import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DataError, IntegrityError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _, gettext_lazy

from cms.middleware import is_admin
from screening_block.publishing.refusal_messages import error_messages

logger = logging.getLogger(__name__)

#: After these the same form can be right a moment later, or once something is fixed.
SEND_AGAIN = (409, 422, 500, 507)
#: No key of a row is larger: PostgreSQL and SQLite both count to this.
LARGEST = 2**63 - 1
#: Actions of Wagtail's on several rows that it runs outside of a transaction.
ALL_OR_NOTHING = {
    "wagtailadmin_pages:copy",
    "wagtailadmin_pages:unpublish",
    "simple_translation:submit_page_translation",
    "simple_translation:submit_snippet_translation",
}
#: What somebody who is not logged in may post in the admin.
FOR_ANYBODY = ("wagtailadmin_login", "wagtailadmin_password_reset")
TOO_LATE = gettext_lazy(
    "Somebody else saved first: a record with this key, name or address already "
    "exists, or one that this belongs to was deleted."
)
#: What the system says of a disk that is full, by a quota too, or read-only.
NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
POSTGRES_DISK_FULL = "53100"
#: Views with a form that is long to fill in.
FORMS = (":edit", ":add")
OURS = ("cms", "plugins", "screening_block")
#: How code fails that takes something for granted about what it was sent.
MISREADINGS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    NoReverseMatch,
    ObjectDoesNotExist,
    TypeError,
    ValueError,
)


class FaultsMiddleware:
    """The last middleware, so that it is asked first about an exception."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if is_admin(request) and name.endswith(FORMS):
            # With `no-store` a browser forgets what was typed, and Back is a new form.
            answer["Cache-Control"] = "private, no-cache, max-age=0"
        return answer

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if any(isinstance(v, int) and v > LARGEST for v in kwargs.values()):
            raise Http404("No row has such a number")
        if request.method != "POST" or not is_admin(request):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not request.user.is_authenticated and not name.startswith(FOR_ANYBODY):
            return answer_logged_out(request)
        if name not in ALL_OR_NOTHING:
            return None
        try:
            with transaction.atomic():
                answer: HttpResponseBase = view(request, *args, **kwargs)
            return answer
        except Exception as error:
            # Django asks nobody about what is raised here.
            if refusal := self.process_exception(request, error):
                return refusal
            raise

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponseBase | None:
        """Answer a refusal or a 400; None for what is a fault of ours.

        Whatever transaction the view had open was undone as the exception left it.
        """
        if is_misread(request, error):
            return answer_misread(request)
        if not is_admin(request):
            return None
        if is_full(error):
            logger.error("%s: no room left on the disk", request.path)
            return answer_disk_full(request)
        if isinstance(error, ValidationError):
            return answer_refusal(request, error_messages(error))
        if isinstance(error, IntegrityError):
            logger.warning("%s: %s", request.path, type(error).__name__)
            return answer_refusal(request, [TOO_LATE], 409)
        return None


def is_full(error: BaseException | None) -> bool:
    """Tell whether a disk is full or read-only: of files or of the database."""
    if isinstance(error, OSError):
        return error.errno in NO_SPACE
    if isinstance(error, OperationalError):
        full = getattr(error.__cause__, "sqlstate", "") == POSTGRES_DISK_FULL
        return full or "disk is full" in str(error)
    return False


def is_misread(request: HttpRequest, error: Exception) -> bool:
    """Tell whether the request is at fault, not what answers it.

    A field is missing that every form of ours has, or a value cannot be what a column
    of the database holds. And in the admin: where code that is not ours trips over
    what it was sent. That is logged as an error all the same, because it might be one.
    """
    if isinstance(error, (MultiValueDictKeyError, DataError, OverflowError)):
        return True
    frames = list(_list_frames(error))
    if isinstance(error, (ValueError, ValidationError)) and frames:
        module, function = frames[-1]
        if module.startswith("django.db.models.fields") and function in (
            "get_prep_value",
            "to_python",
        ):
            return True
    if not is_admin(request) or not isinstance(error, MISREADINGS):
        return False
    sent = request.method != "GET" or request.GET
    if not sent or any(module.split(".")[0] in OURS for module, _name in frames):
        return False
    logger.error("%s: made no sense to Wagtail", request.path, exc_info=error)
    return True


def _list_frames(error: Exception) -> Iterable[tuple[str, str]]:
    """Yield module and function of each step to the error, but for this file."""
    trace = error.__traceback__
    while trace:
        frame = trace.tb_frame
        module = str(frame.f_globals.get("__name__", ""))
        if module != __name__:
            yield module, frame.f_code.co_name
        trace = trace.tb_next


# -- Pages ---------------------------------------------------------------------


def answer_misread(request: HttpRequest) -> HttpResponse:
    """Answer 400: the request does not say what it has to."""
    if not is_admin(request):
        return render(None, "400.html", status=400)
    return render_admin_page(
        request,
        400,
        _("Part of this did not arrive"),
        _(
            "None of it was saved, and what was saved before is unchanged. Go back, "
            "wait until the whole page has loaded, and try again."
        ),
    )


def answer_refusal(
    request: HttpRequest, problems: Iterable[Any], status: int = 422
) -> HttpResponse:
    """Say why it was not done, place by place."""
    return render_admin_page(
        request,
        status,
        _("Not done"),
        _("Nothing was changed. Please fix this first:"),
        problems,
    )


def answer_disk_full(request: HttpRequest) -> HttpResponse:
    """Answer 507: the disk is full."""
    title = _("No space left on the server")
    lead = _(
        "None of it was saved, and what was saved before is unchanged. Ask the "
        "people who run the site to free some space, then try again."
    )
    if request.path_info.endswith("/multiple/add/"):
        # The page that uploads several files shows the words of this answer alone.
        return JsonResponse({"success": False, "error_message": f"{title}. {lead}"})
    return render_admin_page(request, 507, title, lead)


def answer_logged_out(request: HttpRequest) -> HttpResponse:
    """Answer a form that is sent after its session ended."""
    return render_admin_page(
        request,
        403,
        _("You are logged out"),
        _(
            "Nothing has been saved yet, and nothing is lost. Log in again in "
            "another tab, then return to this one, go back, and save."
        ),
        log_in=True,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form from before the last log-in, or from another site.

    From the same site it may be sent once more, by a press, with everything in it.
    """
    if not is_admin(request):
        return render(request, "403_csrf.html", status=403)
    if not request.user.is_authenticated:
        return answer_logged_out(request)
    if not _is_from_here(request) or request.FILES:
        return render_admin_page(
            request,
            403,
            _("Not saved yet"),
            _(
                "You have logged in again since you opened that page. Go back and "
                "copy what you typed, then reload the page."
            ),
        )
    return render_admin_page(
        request,
        403,
        _("Not saved yet"),
        _(
            "You have logged in again, perhaps in another tab, since you opened "
            "that page. Nothing is lost: you can save what you typed from here."
        ),
        at_once=True,
    )


def _list_sent_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields of a form, to be sent once more from the page that answers it.

    “Back” brings what was typed, but in some browsers not the blocks that scripts made.
    Nothing of a form with a file or a password in it: neither can be kept.
    """
    try:
        fields = list(request.POST.lists())
    except Exception:  # noqa: BLE001 - what was sent may be what cannot be read
        return []
    if request.method != "POST" or request.FILES:
        return []
    if any("password" in name for name, _values in fields):
        return []
    return [
        (name, value)
        for name, values in fields
        if name != "csrfmiddlewaretoken"
        for value in values
    ]


def _is_from_here(request: HttpRequest) -> bool:
    """Tell whether a browser says that the form stood on a page of this site."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 in the admin."""
    return render_admin_page(
        request,
        500,
        _("Something went wrong"),
        _(
            "The fault is ours, and it has been recorded for the people who run "
            "this site. What was saved before is unchanged."
        ),
    )


def render_admin_page(
    request: HttpRequest,
    status: int,
    title: str,
    lead: str,
    problems: Iterable[Any] = (),
    **more: Any,
) -> HttpResponse:
    """Render a page that looks like the admin, or the same as JSON for its scripts."""
    problems = list(problems)
    if _asks_for_json(request):
        message = " ".join([lead, *map(str, problems)])
        return JsonResponse(
            {"success": False, "error_code": "refused", "error_message": message},
            # The one status beside 200 whose words the editor shows.
            status=400 if status in (409, 422) else status,
        )
    context = {
        "title": title,
        "lead": lead,
        "problems": problems,
        "may_go_back": request.method == "POST",
        "again": _list_sent_fields(request)
        if more.get("at_once") or status in SEND_AGAIN
        else [],
        **more,
    }
    if hasattr(request, "user"):
        try:
            return render(request, "faults/admin.html", context, status=status)
        except Exception:
            if status < 500:
                raise
    # Nobody knows yet who asks, or what the admin's frame needs is what failed.
    return render(None, "faults/plain.html", context, status=status)


def _asks_for_json(request: HttpRequest) -> bool:
    return (
        not request.accepts("text/html")
        or request.headers.get("X-Requested-With") == "XMLHttpRequest"
    )
