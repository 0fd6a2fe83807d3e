"""Pictures."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import AbstractImage
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
    renditions = [
        {
            "url": make_absolute(made[spec].url, context),
            "width": made[spec].width,
            "height": made[spec].height,
        }
        for spec in API_RENDITIONS
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


def _find_focus(image: AbstractImage) -> dict[str, float] | None:
    if not (image.has_focal_point() and image.width and image.height):
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
