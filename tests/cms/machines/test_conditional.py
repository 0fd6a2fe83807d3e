"""What machines fetch again and again: sent once, and open to every origin."""

from __future__ import annotations

import pytest

from tests.cms.conftest import SmallSite

# Once: only reads what others write on both databases.
pytestmark = pytest.mark.once
ADDRESSES = ["/articles/feed/", "/articles/full.md", "/llms.txt"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_has_a_text_is_not_sent_it_again(
    client, small_site: SmallSite, address: str
) -> None:
    first = client.get(address)
    etag = first["ETag"]
    assert first.status_code == 200
    assert etag.startswith('"')
    assert first["Cache-Control"] == "public, max-age=60"
    for method in (client.get, client.head):
        again = method(address, headers={"if-none-match": f'"x", W/{etag}'})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == etag
        assert again["Cache-Control"] == "public, max-age=60"
        assert again["Access-Control-Allow-Origin"] == "*"
        assert "Content-Type" not in again
    assert client.head(address)["ETag"] == etag
    other = client.get(address, headers={"if-none-match": '"x"'})
    assert other.content == first.content
    assert other["Content-Type"] == first["Content-Type"]


@pytest.mark.parametrize("address", ["/articles/feed/", "/llms.txt"])
def test_what_is_withdrawn_is_sent_to_who_asks_by_day(
    client, small_site: SmallSite, address: str
) -> None:
    """The newest day of what is left is older than the day of the copy."""
    etag = client.get(address)["ETag"]
    small_site.short.unpublish()
    day = {"if-modified-since": "Fri, 31 Dec 2060 00:00:00 GMT"}
    for headers in (day, {"if-none-match": etag}, {**day, "if-none-match": etag}):
        answer = client.get(address, headers=headers)
        assert answer.status_code == 200
        assert "Short" not in answer.content.decode()
