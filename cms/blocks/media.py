"""Pictures."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.shortcuts import get_renditions_or_not_found

from cms.blocks.base import MEDIA, make_absolute
from plugins.streams import StableStructBlock
from plugins.streams.api_shapes import Schema, or_null, record

#: The copies that the API gives, the largest last. Pages show the smaller ones as well.
API_RENDITIONS = (
    "width-480|format-webp",
    "width-960|format-webp",
    "max-1600x1600|format-webp",
)
#: What says where its focus is: all of that, or it has none.
FOCUS = ("x", "y", "width", "height")
#: The address of a copy, its width and its height.
Copy = tuple[str, int, int]
_NUMBER: Schema = {"type": "integer", "description": "Pixels."}
_ADDRESS: Schema = {"type": "string", "format": "uri"}
_PART: Schema = {"type": "number", "minimum": 0, "maximum": 1}
#: The same in the description of the API: see `cms/api/openapi.py`.
IMAGE_REFERENCE: Schema = {"$ref": "#/components/schemas/Image"}
#: What `describe_image` returns.
IMAGE: dict[str, Schema] = {
    "url": _ADDRESS,
    "width": _NUMBER,
    "height": _NUMBER,
    "alt": {"type": "string"},
    "srcset": {"type": "string", "description": "The renditions, for an `<img>`."},
    "renditions": {
        "type": "array",
        "items": record({"url": _ADDRESS, "width": _NUMBER, "height": _NUMBER}),
    },
    "focal_point": or_null(
        {
            **record({"x": _PART, "y": _PART}),
            "description": "What must stay in sight, as parts of width and height.",
        }
    ),
}


def describe_image(
    image: AbstractImage, alt: str, context: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return an image as the API gives it: copies of sane sizes, and its alt.

    One query, and none where the renditions are prefetched. `url` is the largest copy.
    """
    made = get_renditions_or_not_found(image, API_RENDITIONS)
    copies = [
        (made[spec].url, made[spec].width, made[spec].height) for spec in API_RENDITIONS
    ]
    return _describe(copies, image, alt, context)


def describe_images(
    keys: set[int], context: Mapping[str, Any] | None
) -> dict[int, dict[str, Any]]:
    """Return the same of many images by their ids, each with its own description.

    One query for all of them; a copy that is not there yet is made.
    """
    if not keys:
        return {}
    model = get_image_model()
    copies = _read_copies(model.get_rendition_model(), keys)
    found = {}
    for key in keys:
        made = copies.get(key, {})
        if len(made) == len(API_RENDITIONS):
            rows = [made[spec] for spec in API_RENDITIONS]
            listed = [(row.url, row.width, row.height) for row in rows]
            image = rows[0].image
            found[key] = _describe(listed, image, image.description, context)
        elif image := model.objects.filter(pk=key).first():
            found[key] = describe_image(image, image.description, context)
    return found


class _Image(NamedTuple):
    """The columns of an image that are told of it."""

    description: str
    width: int
    height: int
    focal_point_x: int | None
    focal_point_y: int | None
    focal_point_width: int | None
    focal_point_height: int | None


class _Copy(NamedTuple):
    url: str
    width: int
    height: int
    image: _Image


def _read_copies(
    model: type[AbstractRendition], keys: set[int]
) -> dict[int, dict[str, _Copy]]:
    # None of these copies hangs on the focus: Wagtail keeps them under an empty key.
    rows = model._default_manager.filter(
        image__in=keys, filter_spec__in=API_RENDITIONS, focal_point_key=""
    )
    field: Any = model._meta.get_field("file")
    found: dict[int, dict[str, _Copy]] = {}
    for key, spec, file, width, height, *image in rows.order_by().values_list(
        *("image_id", "filter_spec", "file", "width", "height"),
        *(f"image__{name}" for name in _Image._fields),
    ):
        copy = _Copy(field.storage.url(file), width, height, _Image._make(image))
        found.setdefault(key, {})[spec] = copy
    return found


def _describe(
    copies: list[Copy], image: Any, alt: str, context: Mapping[str, Any] | None
) -> dict[str, Any]:
    renditions: list[dict[str, Any]] = [
        {"url": make_absolute(url, context), "width": width, "height": height}
        for url, width, height in copies
    ]
    # None is made larger than the original: the last of a width has the best name.
    by_width = {one["width"]: one for one in renditions}
    listed = sorted(by_width.values(), key=lambda one: one["width"])
    return {
        **renditions[-1],
        "alt": alt,
        "srcset": ", ".join(f"{one['url']} {one['width']}w" for one in listed),
        "renditions": listed,
        "focal_point": _find_focus(image),
    }


def _find_focus(image: Any) -> dict[str, float] | None:
    """Return the focus of an image, or of a row of one."""
    if None in [getattr(image, f"focal_point_{name}") for name in FOCUS]:
        return None
    if not (image.width and image.height):
        return None
    x, y = image.focal_point_x / image.width, image.focal_point_y / image.height
    return {"x": round(min(x, 1), 4), "y": round(min(y, 1), 4)}


class PictureBlock(StableStructBlock):
    """A picture with a text for those who do not see it, and a caption."""

    image = ImageBlock()
    caption = blocks.CharBlock(required=False, max_length=250)

    def get_api_representation(
        self, value: Any, context: dict[str, Any] | None = None
    ) -> dict[str, Any] | None:
        image = value["image"]
        if image is None:
            return None
        return {
            **describe_image(image, image.contextual_alt_text or "", context),
            "caption": value["caption"] or "",
        }

    def get_api_schema(self) -> Schema:
        return or_null(record({**IMAGE, "caption": {"type": "string"}}))

    class Meta:
        icon = "image"
        label = _("Image")
        group = MEDIA
        description = _("An image that explains something.")
        template = "articles/blocks/picture.html"
        label_format = "{caption}"
