"""What the walk sends, and what is known to trip over it."""

HOSTILE = (
    "",
    " ",
    "a\x00b",
    "x" * 300,
    "é" * 5_000,
    "-1",
    "0",
    "999999",
    "9" * 30,
    "1e400",
    "NaN",
    "1.5",
    "null",
    "[]",
    "{}",
    "[[]]",
    '"\\ud800"',
    '{"\\ud800": "\\udfff"}',
    '{"entityMap": 1, "blocks": "x"}',
    '{"a":',
    "[" * 500,
    "on",
    "2026-02-30",
    "0001-01-01",
    "9999-12-31 23:59",
    "javascript:alert(1)",
    "http://[",
    "//x",
    "../../etc/passwd",
    "'\"><b>%s{{ x }}",
    "\u202eabc",
    "١٢",
    "admin",
    "\u0915\u094d",
    ",",
    "\r\n",
)
#: Names that views of ours and of Wagtail read, with blanks between them.
NAMES = """
    next id ids q p page title slug key name label file files content apply row
    url link_text new_parent_page new_slug new_title position action-publish
    comment locale release answers as_of lang format fields limit offset topic
    childOf revision state publish q-term is_publishing export ordering tags
    collection per_page mode width_field detail explain locales alias
    publish_copies
"""
JSON = (
    b"",
    b"{",
    b"null",
    b"[]",
    b"7",
    b'"\\ud800"',
    b'{"answers": {"\\ud800": "x"}}',
    b'{"answers": {"status": "\\ud800"}}',
    b'{"answers": [], "locale": "\\udfff"}',
    b'{"answers": {}, "release": "\\ud800"}',
    b'{"answers": {}, "as_of": 99999999999999999999}',
    b'{"answers": {"days": 1e999}}',
    b"\xff\xfe",
    b'{"a": "\\u0000"}',
    b"[" * 9000,
)
#: What of Wagtail's trips over hostile requests, as far as it is known: answered with
#: 400, see `cms.faults`. Anything else there may be a fault of ours, and is one here.
KNOWN = {
    ("AttributeError", "wagtail/admin/forms/choosers.py"),
    ("AttributeError", "wagtail/admin/views/generic/base.py"),
    ("AttributeError", "wagtail/admin/views/pages/lock.py"),
    ("AttributeError", "wagtail/admin/views/pages/move.py"),
    ("AttributeError", "wagtail/admin/views/pages/ordering.py"),
    ("DoesNotExist", "django/db/models/query.py"),
    ("KeyError", "wagtail/contrib/redirects/forms.py"),
    ("NoReverseMatch", "django/urls/base.py"),
    ("NoReverseMatch", "django/urls/resolvers.py"),
    ("ZeroDivisionError", "wagtail/images/image_operations.py"),
}
