"""Pictures."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import AbstractImage
from wagtail.images.shortcuts import get_rendition_or_not_found

from cms.blocks.base import MEDIA, make_absolute
from plugins.streams import StableStructBlock

API_RENDITION = "max-1600x1600|format-webp"


def describe_image(
    image: AbstractImage, alt: str, context: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return an image as the API gives it: a copy of sane size, and its alt."""
    rendition = get_rendition_or_not_found(image, API_RENDITION)
    return {
        "url": make_absolute(rendition.url, context),
        "width": rendition.width,
        "height": rendition.height,
        "alt": alt,
    }


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

    class Meta:
        icon = "image"
        label = _("Image")
        group = MEDIA
        description = _("An image that explains something.")
        template = "articles/blocks/picture.html"
        label_format = "{caption}"
