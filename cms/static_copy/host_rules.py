"""What a host is to send beside the files: headers, and where addresses lead.

`_headers` and `_redirects` are in the form that several static hosts read as they are
(Netlify, Cloudflare Pages); for others docs/operations.md has the same as rules.
"""

from __future__ import annotations

from collections.abc import Mapping

from cms.static_copy.asking import Answer

#: By the host, not by the site.
_NOT_SENT = frozenset(
    [
        "accept-ranges",
        "allow",
        "cache-control",
        "content-encoding",
        "content-language",
        "content-length",
        "content-type",
        "date",
        "etag",
        "expires",
        "last-modified",
        "link",
        "set-cookie",
        "vary",
        "x-robots-tag",
    ]
)
#: Other sites load these.
_FOR_ALL = {
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
}


def write_headers(files: Mapping[str, Answer], server: str = "") -> str:
    """Write `_headers`: what is sent with a page, a frame, and a file for all."""
    rules = []
    if "/" in files:
        rules.append(("/*", _take(files["/"], server)))
    for address, answer in sorted(files.items()):
        if address.startswith("/embed/v1/") and answer.kind == "text/html":
            # Rules of all that fit are put together: a frame takes back what pages say.
            undone = dict.fromkeys(("x-frame-options",))
            rules.append((address, {**undone, **_take(answer, server)}))
    for folder in ("/api/v1/*", "/embed/v1/*"):
        rules.append((folder, {**_FOR_ALL}))
    return "".join(
        f"{pattern}\n" + "".join(_line(*one) for one in sorted(sent.items())) + "\n"
        for pattern, sent in rules
    )


def write_redirects(found: Mapping[str, str]) -> str:
    """Write `_redirects`: where addresses lead that are no files; JSON of folders."""
    moved = [f"{old} {new} 302" for old, new in sorted(found.items())]
    return "\n".join([*moved, "/api/v1/* /api/v1/:splat/index.json 200", ""])


def _take(answer: Answer, server: str) -> dict[str, str | None]:
    sent: dict[str, str | None] = {
        name: value for name, value in answer.headers.items() if name not in _NOT_SENT
    }
    policy = sent.get("content-security-policy")
    if policy:
        if server:
            own = "form-action 'self'"
            policy = policy.replace(own, f"{own} {server}")
        # In no order of its own from one process to the next.
        parts = sorted(part.strip() for part in policy.split(";"))
        sent["content-security-policy"] = "; ".join(parts)
    return sent


def _line(name: str, value: str | None) -> str:
    # A name after an exclamation mark is taken back.
    return f"  {name}: {value}\n" if value is not None else f"  ! {name}\n"
