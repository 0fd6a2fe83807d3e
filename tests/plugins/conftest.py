import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Site

from tests.kitapp.models import KitPage
from tests.plugins.bodies import store


@pytest.fixture
def make_page(db):
    """Makes a live page whose row holds ``body`` exactly as given."""

    def make(body, model=KitPage, slug="kit"):
        parent = Site.objects.get(is_default_site=True).root_page
        page = parent.add_child(instance=model(title="Kit", slug=slug))
        page.save_revision().publish()
        return store(page, body)

    return make


@pytest.fixture
def editor(client, db):
    """A test client logged in as somebody who may publish everything."""
    user = get_user_model().objects.create_superuser("ed", "ed@example.org", "secret")
    client.force_login(user)
    return client
