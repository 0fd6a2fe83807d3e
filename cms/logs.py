"""What keeps the log readable."""

import logging
from smtplib import SMTPException, SMTPResponseException


class MailFaults(logging.Filter):
    """A mail that could not be sent is one line of the log, not a trace back each.

    The line holds no address: what mail servers answer may name the recipient.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and _is_of_mail(error):
            said = f"{record.getMessage()} ({_reason(error)})"
            record.msg, record.args = said, ()
            record.exc_info = record.exc_text = None
        return True


def _is_of_mail(error: BaseException) -> bool:
    if isinstance(error, SMTPException):
        return True
    # A server that cannot be reached raises what any connection does.
    trace = error.__traceback__
    while isinstance(error, OSError) and trace is not None:
        if trace.tb_frame.f_globals.get("__name__") == "smtplib":
            return True
        trace = trace.tb_next
    return False


def _reason(error: BaseException) -> str:
    if isinstance(error, SMTPResponseException):
        return f"the mail server answered {error.smtp_code}"
    if isinstance(error, SMTPException):
        return type(error).__name__
    return f"the mail server: {error}"
