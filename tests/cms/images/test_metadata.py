"""A picture goes public without what its camera wrote about place, time and owner."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pillow
from wagtail.images import get_image_model

from cms.images.metadata import strip_metadata

from . import pictures

Image = get_image_model()
KINDS = ["JPEG", "PNG", "WEBP", "AVIF", "GIF"]


def opened(data: bytes) -> Pillow.Image:
    picture = Pillow.open(BytesIO(data))
    picture.load()
    return picture


def says(data: bytes) -> bool:
    """Whether anything of what the camera wrote is still there."""
    exif = opened(data).getexif()
    words = pictures.PLACE.encode() in data or b"2026:11:23" in data
    return words or bool(exif.get_ifd(0x8825)) or bool(set(exif) - {0x0112})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("side", [1, 3, 6])
def test_place_time_and_owner_go_and_the_picture_stays(kind, side) -> None:
    before = pictures.photo(kind, side)
    assert says(before)
    after = strip_metadata(before)
    assert not says(after)
    if kind != "GIF":
        assert opened(after).getexif().get(0x0112, 1) == side
    if kind != "AVIF":  # that one is made anew
        assert opened(after).tobytes() == opened(before).tobytes()
    assert opened(after).size == opened(before).size
    assert strip_metadata(after) == after, "once is enough"


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_with_nothing_to_hide_is_not_touched(kind) -> None:
    data = pictures.plain(kind)
    assert strip_metadata(data) is data


def test_colours_transparency_and_motion_stay() -> None:
    profile = b"\0" * 36 + b"acsp" + b"\0" * 88
    for kind in ("JPEG", "PNG", "WEBP", "AVIF"):
        before = pictures.photo(kind, icc_profile=profile)
        assert opened(strip_metadata(before)).info.get("icc_profile") == profile, kind
    clear = Pillow.new("RGBA", (10, 10), (255, 0, 0, 90))
    for kind in ("PNG", "WEBP"):
        out = BytesIO()
        clear.save(out, kind, exif=pictures.exif(6), lossless=True)
        after = strip_metadata(out.getvalue())
        assert not says(after)
        assert opened(after).convert("RGBA").getpixel((5, 5)) == (255, 0, 0, 90)
    frames = [Pillow.new("RGB", (20, 20), colour) for colour in ("red", "blue", "lime")]
    for kind in ("GIF", "PNG", "WEBP"):
        out = BytesIO()
        more = (
            {"comment": b"SECRETPLACE"} if kind == "GIF" else {"exif": pictures.exif()}
        )
        frames[0].save(
            out,
            kind,
            save_all=True,
            append_images=frames[1:],
            duration=90,
            loop=0,
            **more,
        )
        after = strip_metadata(out.getvalue())
        assert not says(after)
        moved = opened(after)
        assert moved.n_frames == 3, kind
        moved.seek(2)
        red, green, _blue = moved.convert("RGB").getpixel((9, 9))
        assert green > 200 > red, kind


def test_what_is_no_picture_is_given_back() -> None:
    for data in (b"", b"x", b"GIF89a", b"RIFF", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"):
        assert isinstance(strip_metadata(data), bytes)
    for kind in KINDS:
        data = pictures.photo(kind)
        for end in range(0, len(data), 7):
            assert isinstance(strip_metadata(data[:end]), bytes)


@pytest.mark.parametrize("side", [1, 6])
def test_no_way_in_lets_the_place_out(admin_client, side) -> None:
    data = pictures.photo("JPEG", side)

    def file():
        return SimpleUploadedFile("photo.jpg", data, "image/jpeg")

    post = admin_client.post
    post(reverse("wagtailimages:add"), {"title": "1", "file": file(), "collection": 1})
    many = reverse("wagtailimages:add_multiple")
    post(many, {"title": "2", "files[]": file()})
    # With a title that is no title the file waits, and becomes a picture later.
    waiting = post(many, {"title": "x" * 300, "files[]": file()}).json()
    later = "wagtailimages:create_multiple_from_uploaded_image"
    number = waiting["uploaded_file_id"]
    post(
        reverse(later, args=[number]),
        {
            f"uploaded-image-{number}-title": "3",
            f"uploaded-image-{number}-collection": 1,
        },
    )
    prefix = "image-chooser-upload-"
    fields = {"title": "4", "file": file(), "collection": 1}
    post(
        reverse("wagtailimages_chooser:create"),
        {f"{prefix}{name}": value for name, value in fields.items()},
    )
    Image(title="5", file=ContentFile(data, name="photo.jpg")).save()
    old = Image(title="6", file=ContentFile(pictures.WHOLE, name="old.png"))
    old.save()
    edit = reverse("wagtailimages:edit", args=[old.pk])
    post(edit, {"title": "6", "file": file(), "collection": 1})
    assert sorted(Image.objects.values_list("title", flat=True)) == list("123456")
    for image in Image.objects.all():
        with image.open_file() as kept:
            stored = kept.read()
        assert not says(stored), image.title
        assert opened(stored).getexif().get(0x0112, 1) == side
        assert image.get_file_size() == len(stored)
        before = image.file_hash
        image._set_file_hash()
        assert image.file_hash == before
        # Turned the right way for visitors.
        shown = image.get_rendition("max-100x100")
        assert (shown.width > shown.height) == (side == 1)
