"""The client's address: one answer, and nothing a client sends can change it."""

import pytest
from django.test import RequestFactory, override_settings

from cms.client import get_client_address, get_limit_key

PROXY = "10.0.0.9"


def request_from(forwarded=None, remote=PROXY):
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    return RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        # Nobody in front: the header is the client's own invention.
        (0, None, PROXY),
        (0, "203.0.113.5", PROXY),
        (0, "", PROXY),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, None, PROXY),
        (1, "", PROXY),
        # More entries than proxies: what the client sent stands on the left.
        (1, "1.1.1.1, 203.0.113.5", "203.0.113.5"),
        (1, "1.1.1.1,2.2.2.2,3.3.3.3,203.0.113.5", "203.0.113.5"),
        (1, "unknown, , <script>, 203.0.113.5", "203.0.113.5"),
        (1, "1.1.1.1\t,\t203.0.113.5 ", "203.0.113.5"),
        (2, "203.0.113.5, 10.0.0.8", "203.0.113.5"),
        (2, "1.1.1.1, 203.0.113.5, 10.0.0.8", "203.0.113.5"),
        # Fewer: the outer proxy was passed by.
        (2, "203.0.113.5", "203.0.113.5"),
        # Ports and brackets, as some load balancers write them.
        (1, "203.0.113.5:4711", "203.0.113.5"),
        (1, "[2001:db8::7]", "2001:db8::7"),
        (1, "[2001:db8::7]:4711", "2001:db8::7"),
        (1, '"[2001:DB8:0::7]:4711"', "2001:db8::7"),
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "fe80::7%eth0", "fe80::7"),
        (1, "::ffff:203.0.113.5", "203.0.113.5"),
        # No address where there should be one: that of the proxy.
        (1, "unknown", PROXY),
        (1, "_hidden", PROXY),
        (1, "203.0.113.5,", PROXY),
        (1, "203.0.113.5.6", PROXY),
        (1, "0203.0.113.5", PROXY),
        (1, "203.0.113.5/8", PROXY),
        (1, "[", PROXY),
        (1, "x" * 9000, PROXY),
        (1, "٣.٣.٣.٣", PROXY),
    ],
)
def test_only_what_a_trusted_proxy_wrote_counts(proxies, forwarded, address):
    with override_settings(TRUSTED_PROXIES=proxies):
        assert get_client_address(request_from(forwarded)) == address


@pytest.mark.parametrize("remote", ["", None, "unix:", "@"])
def test_a_unix_socket_has_no_address_and_its_proxy_is_believed(remote):
    with override_settings(TRUSTED_PROXIES=1):
        assert get_client_address(request_from("203.0.113.5", remote)) == "203.0.113.5"
        assert get_client_address(request_from(None, remote)) == ""
        assert get_limit_key(request_from(None, remote)) is None


def test_a_network_of_ipv6_is_one_client_and_two_networks_are_two():
    keys = {
        get_limit_key(request_from(None, remote))
        for remote in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::", "2001:db8:1:3::1")
    }
    assert keys == {"2001:db8:1:2::", "2001:db8:1:3::"}
    assert get_limit_key(request_from(None, "::ffff:203.0.113.5")) == "203.0.113.5"


@pytest.fixture
def three_a_minute(monkeypatch):
    rates = {"evaluate": "3/min", "search": "3/min"}
    monkeypatch.setattr("cms.throttles.AddressThrottle.THROTTLE_RATES", rates)


@pytest.mark.parametrize(
    "ask",
    [
        lambda client, **more: client.get("/api/v1/articles/?q=word", **more),
        lambda client, **more: client.post(
            "/api/v1/screeners/none/evaluate/",
            {"answers": {}},
            content_type="application/json",
            **more,
        ),
    ],
    ids=["search", "evaluate"],
)
@override_settings(TRUSTED_PROXIES=1)
def test_limits_of_the_api_count_clients_and_not_headers(
    client, small_site, three_a_minute, ask
):
    def status(forwarded):
        return ask(client, headers={"x-forwarded-for": forwarded}).status_code

    for spoofed in ("1.1.1.1", "2.2.2.2", "3.3.3.3"):
        assert status(f"{spoofed}, 203.0.113.5") != 429
    assert status("4.4.4.4, 203.0.113.5") == 429
    assert status("203.0.113.5, 203.0.113.6") != 429
    for host in range(3):
        assert status(f"2001:db8::{host}") != 429
    assert status("2001:db8::ffff") == 429
