"""A picture that cannot be shown is refused in words, wherever it is sent to."""

from __future__ import annotations

import errno
import json
import resource
import signal
import time
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from . import pictures

# Once: a picture is judged before a database hears of it.
pytestmark = pytest.mark.once

Image = get_image_model()


def file(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def single(client, given) -> list[str]:
    """What the page that adds one picture says of its file."""
    sent = client.post(
        reverse("wagtailimages:add"),
        {"title": "What I typed", "file": given, "collection": 1},
    )
    if sent.status_code == 302:
        return []
    assert sent.status_code == 200
    assert "What I typed" in sent.content.decode(), "what was typed is kept"
    return sent.context["form"].errors["file"]


def multiple(client, given) -> list[str]:
    sent = client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "What I typed", "files[]": given},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert sent.status_code == 200
    answer = sent.json()
    return [] if answer["success"] else answer["error_message"].split("\n")


def chooser(client, given) -> list[str]:
    sent = client.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": "What I typed",
            "image-chooser-upload-file": given,
            "image-chooser-upload-collection": 1,
        },
    )
    assert sent.status_code == 200
    answer = json.loads(sent.content)
    if answer["step"] == "chosen":
        return []
    assert "What I typed" in answer["htmlFragment"]
    assert "error-message" in answer["htmlFragment"]
    return [answer["htmlFragment"]]


def replacement(client, given) -> list[str]:
    image = Image(title="Old", file=ContentFile(pictures.WHOLE, name="old.png"))
    image.save()
    sent = client.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {"title": "What I typed", "file": given, "collection": 1},
    )
    if sent.status_code == 302:
        return []
    assert sent.status_code == 200
    image.refresh_from_db()
    with image.open_file() as kept:
        assert kept.read() == pictures.WHOLE
    return sent.context["form"].errors["file"]


WAYS: list[Callable] = [single, multiple, chooser, replacement]


# Every kind in one way, and two kinds in each.
TWO = ("a truncated PNG", "a bomb of a PNG")


@pytest.mark.parametrize(
    ("way", "name"),
    [(single, name) for name in pictures.BAD]
    + [(way, name) for way in WAYS[1:] for name in TWO],
)
def test_a_picture_that_cannot_be_shown_is_refused_at_its_field(
    admin_client, way, name
) -> None:
    begun = time.process_time()
    told = way(admin_client, file(*pictures.BAD[name]))
    assert told
    assert time.process_time() - begun < 5
    assert not Image.objects.exclude(title="Old").exists()


@pytest.mark.parametrize("name", pictures.GOOD)
def test_an_odd_picture_is_taken_and_can_be_shown(admin_client, name) -> None:
    assert single(admin_client, file(*pictures.GOOD[name])) == []
    assert Image.objects.get().get_rendition("width-20").width <= 20


# -- No room ---------------------------------------------------------------------------


def no_room(*_args, **_kwargs):
    raise OSError(errno.ENOSPC, "No space left on device")


def document(client, given) -> list[str]:
    sent = client.post(
        reverse("wagtaildocs:add"),
        {"title": "What I typed", "file": given, "collection": 1},
    )
    if sent.status_code == 302:
        return []
    assert "What I typed" in sent.content.decode(), "what was typed is kept"
    return sent.context["form"].errors["file"]


@pytest.mark.parametrize("way", [*WAYS, document])
def test_a_disk_without_room_is_told_at_the_field(admin_client, way, settings) -> None:
    settings.MEDIA_MIN_FREE = 10**18
    given = file("a.png" if way is not document else "a.txt", pictures.WHOLE)
    if way is replacement:
        settings.MEDIA_MIN_FREE = 0
        image = Image(title="Old", file=ContentFile(pictures.WHOLE, name="old.png"))
        image.save()
        settings.MEDIA_MIN_FREE = 10**18
    said = way(admin_client, given)
    assert len(said) == 1, said
    assert "no space left on the server" in said[0]
    settings.MEDIA_MIN_FREE = 0
    given.seek(0)
    assert way(admin_client, given) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
@pytest.mark.parametrize(
    "way", ["wagtailimages:add", "wagtaildocs:add", "wagtailimages_chooser:create"]
)
def test_a_disk_that_fills_meanwhile_is_told_on_a_page(
    admin_client, monkeypatch, number, way
) -> None:
    def full(*_args, **_kwargs):
        raise OSError(number, "No")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    kind = "image-chooser-upload-" if "chooser" in way else ""
    given = {"title": "x", "file": file("a.png", pictures.WHOLE), "collection": 1}
    if "docs" in way:
        given["file"] = file("a.txt", b"x")
    fields = {f"{kind}{name}": value for name, value in given.items()}
    sent = admin_client.post(reverse(way), fields)
    assert sent.status_code == 507
    page = sent.content.decode()
    assert "No space left on the server" in page
    assert "Go back: what you typed is still there." in page
    if "chooser" not in way:  # that one leaves the test's own transaction broken
        assert not Image.objects.exists()
        assert not get_document_model().objects.exists()


def test_several_files_on_a_full_disk_are_told_each(admin_client, monkeypatch) -> None:
    monkeypatch.setattr(FileSystemStorage, "_save", no_room)
    (said,) = multiple(admin_client, file("a.png", pictures.WHOLE))
    assert said.startswith("No space left on the server.")


def test_a_large_upload_that_the_disk_cannot_hold_is_told(
    admin_client, monkeypatch
) -> None:
    # Django writes it to the disk before any view is asked.
    name = "django.core.files.uploadhandler.TemporaryFileUploadHandler"
    monkeypatch.setattr(f"{name}.receive_data_chunk", no_room)
    admin_client.raise_request_exception = False
    given = file("a.png", pictures.WHOLE + b"\0" * 3_000_000)
    sent = admin_client.post(reverse("wagtailimages:add"), {"file": given})
    assert sent.status_code == 507
    assert "No space left on the server" in sent.content.decode()


def test_a_disk_that_is_really_full(admin_client, monkeypatch) -> None:
    """The system itself refuses to write more than so many bytes into a file."""
    large = pictures.photo("PNG", size=(900, 900))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        kept = FileSystemStorage._save

        def save(self, *args):
            resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))
            try:
                return kept(self, *args)
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

        monkeypatch.setattr(FileSystemStorage, "_save", save)
        sent = admin_client.post(
            reverse("wagtailimages:add"),
            {"title": "x", "file": file("a.png", large), "collection": 1},
        )
    finally:
        signal.signal(signal.SIGXFSZ, before)
    assert sent.status_code == 507
    assert "No space left" in sent.content.decode()
    assert not Image.objects.exists()


def test_health_names_uploads_that_cannot_be_written(client, db, settings, monkeypatch):
    assert client.get("/healthz").json()["degraded"] == []
    settings.MEDIA_MIN_FREE = 10**18
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["degraded"]) == (200, ["uploads"])
    settings.MEDIA_MIN_FREE = 0
    monkeypatch.setattr("cms.views.TemporaryFile", no_room)
    assert client.get("/healthz").json()["degraded"] == ["uploads"]
