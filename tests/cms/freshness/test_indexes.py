"""Lists of any length are read by indexes that stay."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from wagtail.models import Locale, Page

from cms.api.ordering import sort_pages
from cms.articles.models import ArticlePage
from cms.freshness import indexes
from screening_block.public import public_rows

pytestmark = pytest.mark.django_db


def list_there() -> set[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Page._meta.db_table)
    return {index.name for index in indexes.INDEXES} & set(found)


def test_a_part_of_a_list_is_read_by_its_index(small_site: Any) -> None:
    request = RequestFactory().get("/", HTTP_HOST="testserver")
    locale = Locale.objects.get(language_code="en")
    found = public_rows(ArticlePage, request).filter(locale=locale)
    page = sort_pages(found, "-published").values_list("pk")[:20]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Few rows are read whole, whatever there is.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
    plan = page.explain()
    assert "freshness_page_listed" in plan
    assert "TEMP B-TREE" not in plan and "Sort Key" not in plan


def test_they_are_put_back_where_the_table_was_made_anew(db: None) -> None:
    names = {index.name for index in indexes.INDEXES}
    assert list_there() == names
    indexes.remove("default")
    assert list_there() == set()
    indexes.install("default")
    indexes.install("default")
    assert list_there() == names
