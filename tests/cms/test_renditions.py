"""A picture that cannot be made costs itself, not the page it stands on."""

import errno

import pytest
from django.core.files.storage import FileSystemStorage
from wagtail.images.models import Rendition

# Once: only reads what others write on both databases.
pytestmark = pytest.mark.once


# As in production, where no transaction is around a request that a fault could end.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_page_is_shown_when_the_size_of_its_picture_cannot_be_written(
    client, small_site, monkeypatch, code
):
    pages = ("/", "/articles/", "/articles/full/", "/api/v1/articles/full/")
    Rendition.objects.all().delete()
    save = FileSystemStorage._save

    def full(self, name, content):
        raise OSError(code, "No room")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    for address in pages:
        assert client.get(address).status_code == 200, address
    assert "not-found" in client.get("/articles/full/").content.decode()
    assert not Rendition.objects.exists()
    # With room again, the next visit makes it.
    monkeypatch.setattr(FileSystemStorage, "_save", save)
    assert "not-found" not in client.get("/articles/full/").content.decode()
    assert Rendition.objects.exists()
