"""What keeps the log readable: some faults are one line, not a trace back each."""

import logging
from smtplib import SMTPException, SMTPResponseException

from django.db import OperationalError


class OneLine(logging.Filter):
    """A service that does not answer is said in a line: its trace back says no more.

    For mail and for the database, which fail with every request while they are down.
    The line holds no address: what mail servers answer may name the recipient.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        reason = _find_reason(error) if error else None
        if reason:
            record.msg, record.args = f"{record.getMessage()} ({reason})", ()
            record.exc_info = record.exc_text = None
        return True


def _find_reason(error: BaseException) -> str | None:
    """Say in a line what a service did; None if the fault is another one."""
    if isinstance(error, SMTPResponseException):
        return f"the mail server answered {error.smtp_code}"
    if isinstance(error, SMTPException):
        return f"the mail server: {type(error).__name__}"
    # What any connection raises: where it was raised tells which one it was.
    message = " ".join(str(error).split())
    if isinstance(error, OSError) and _passed_through(error, "smtplib"):
        return f"the mail server: {message}"
    connecting = ("django.db.backends.base.base", "connect")
    if isinstance(error, OperationalError) and _passed_through(error, *connecting):
        return f"the database: {message}"
    return None


def _passed_through(error: BaseException, module: str, function: str = "") -> bool:
    trace = error.__traceback__
    while trace is not None:
        frame = trace.tb_frame
        if frame.f_globals.get("__name__") == module and (
            function in ("", frame.f_code.co_name)
        ):
            return True
        trace = trace.tb_next
    return False
