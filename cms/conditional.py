"""What every machine reads as it is: kept by its content, and open to all origins."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag


def tag_content(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Name an answer by its content, and send it only to who does not have it.

    By its content alone (RFC 9110, 13.1.2): a text says more than its own record, so no
    day tells whether it is the same. What was withdrawn would stay with whoever asks by
    `If-Modified-Since`; they get it in full.
    """
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    answer = get_conditional_response(request, etag, response=response) or response
    answer["ETag"] = etag
    answer["Cache-Control"] = "public, max-age=60"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
