import json

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from wagtail.models import Site

from tests.kitapp.models import KitPage


@pytest.fixture
def make_page(db):
    """Makes a live page whose row holds ``body`` exactly as given."""

    def make(body, model=KitPage, slug="kit"):
        parent = Site.objects.get(is_default_site=True).root_page
        page = parent.add_child(instance=model(title="Kit", slug=slug))
        page.save_revision().publish()
        return store(page, body)

    return make


def store(page, body):
    """Write the row behind the back of every block, and forget the drafts."""
    page.refresh_from_db()
    page.revisions.all().delete()
    with connection.cursor() as cursor:
        cast = "::jsonb" if connection.vendor == "postgresql" else ""
        cursor.execute(
            f"UPDATE {page._meta.db_table} SET body = %s{cast} WHERE page_ptr_id = %s",
            [json.dumps(body), page.pk],
        )
    type(page).objects.filter(pk=page.pk).update(latest_revision=None)
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def editor(client, db):
    """A test client logged in as somebody who may publish everything."""
    user = get_user_model().objects.create_superuser("ed", "ed@example.org", "secret")
    client.force_login(user)
    return client
