"""Where a request comes from: the one place that says so, for every limit and log.

``from cms.client import get_client_address, get_limit_key``. Log-in limits, API limits
and whatever else counts requests use `get_limit_key`; what people read uses
`get_client_address`.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request


def get_client_address(request: HttpRequest | Request) -> str:
    """Return the client's IP address; "" where none is known (a Unix socket, say).

    Each of the TRUSTED_PROXIES in front appends to `X-Forwarded-For` the address it
    was called from, so that many entries, counted from the right, are true. What stands
    further left was sent by the client and may be anything.
    """
    proxies: int = settings.TRUSTED_PROXIES
    found = None
    if proxies > 0:
        entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        found = _parse_address(entries[-min(proxies, len(entries))])
    found = found or _parse_address(request.META.get("REMOTE_ADDR") or "")
    return str(found) if found else ""


def get_limit_key(request: HttpRequest | Request) -> str | None:
    """Return the IP address to count a client's requests by; None if it is not known.

    Whoever has one IPv6 address has at least 2**64 of them: the network counts.
    """
    address = get_client_address(request)
    if ":" not in address:
        return address or None
    return str(ip_network(f"{address}/64", strict=False).network_address)


def _parse_address(text: str) -> IPv4Address | IPv6Address | None:
    """Parse an address as proxies write it: with a port, in brackets, with a zone."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found
