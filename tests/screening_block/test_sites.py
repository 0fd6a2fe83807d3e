"""Sites are found as Wagtail finds them, and addresses begin as it says."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from wagtail.models import Locale, Page, Site

from screening_block.sites import find_site, give_sites, list_sites

pytestmark = pytest.mark.django_db

HOSTS = ("a.example", "b.example", "c.example")
PORTS = (80, 443, 8000)


@pytest.mark.parametrize(
    "sites",
    [
        [],
        [("a.example", 80, True)],
        [("a.example", 80, False)],
        [("a.example", 80, False), ("a.example", 443, False)],
        [("a.example", 80, True), ("a.example", 443, False)],
        [("a.example", 80, True), ("b.example", 443, False)],
        [("a.example", 80, True), ("b.example", 443, False), ("b.example", 80, False)],
    ],
)
def test_each_host_and_port_leads_to_the_site_that_wagtail_finds(sites: Any) -> None:
    Site.objects.all().delete()
    root = Page.get_first_root_node()
    for hostname, port, is_default in sites:
        Site.objects.create(
            hostname=hostname, port=port, is_default_site=is_default, root_page=root
        )
    for host, port in product(HOSTS, PORTS):
        request = RequestFactory().get("/", HTTP_HOST=f"{host}:{port}")
        known = find_site(request, list_sites())
        site = Site.find_for_request(request)
        assert (known and known.pk) == (site and site.pk), (host, port)


def test_addresses_begin_as_wagtails_own(db: None) -> None:
    root = Page.get_first_root_node()
    home = root.add_child(instance=Page(title="Home", slug="start"))
    other = root.add_child(instance=Page(title="Other", slug="other"))
    home.copy_for_translation(Locale.objects.get_or_create(language_code="es")[0])
    Site.objects.update(root_page=home, hostname="a.example", port=443)
    Site.objects.create(hostname="b.example", port=8000, root_page=other)
    Site.objects.create(hostname="c.example", port=80, root_page=home)
    request = RequestFactory().get("/")
    give_sites(request, list_sites())
    given: Any = request
    cache.clear()
    assert sorted(given._wagtail_cached_site_root_paths) == sorted(
        Site.get_site_root_paths()
    )
    first = {path.root_path: path.site_id for path in Site.get_site_root_paths()[::-1]}
    mine = {
        path.root_path: path.site_id
        for path in given._wagtail_cached_site_root_paths[::-1]
    }
    assert mine == first
