"""The public shape of a page of any kind, and of the site around it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cms.api.bodies import BODY
from cms.api.serializers import (
    ListSerializer,
    ReferenceSerializer,
    TranslationSerializer,
)
from cms.blocks.media import IMAGE_REFERENCE
from plugins.streams.api_shapes import or_null
from screening_block.help.entry_serializers import OpeningSerializer, PhoneSerializer


@extend_schema_field(or_null(IMAGE_REFERENCE))
class PictureField(serializers.JSONField):
    """An image as `describe_image` returns it, or null."""


@extend_schema_field(BODY)
class BodyField(serializers.JSONField):
    """The blocks of a body."""


class PageSummarySerializer(serializers.Serializer[Any]):
    """A page as lists show it."""

    id = serializers.IntegerField()
    type = serializers.CharField(help_text="As in `Reference`.")
    slug = serializers.CharField()
    path = serializers.CharField(
        allow_blank=True, help_text="Below the start of its language, such as `a/b`."
    )
    locale = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField(allow_blank=True)
    url = serializers.URLField()
    parent = serializers.IntegerField(  # type: ignore[assignment]
        allow_null=True, help_text="Of the page above it; null at the start."
    )
    in_menus = serializers.BooleanField()
    published_at = serializers.DateTimeField(allow_null=True)
    updated_at = serializers.DateTimeField(allow_null=True)


class PersonLinkSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    url = serializers.URLField()


class TeamPersonSerializer(serializers.Serializer[Any]):
    """Somebody on a team page, in the language of the page if they are in it."""

    name = serializers.CharField()
    role = serializers.CharField(allow_blank=True)
    bio = serializers.CharField(allow_blank=True)
    bar_admission = serializers.CharField(allow_blank=True)
    languages = serializers.ListField(child=serializers.CharField())
    locale = serializers.CharField()
    picture = PictureField()
    links = PersonLinkSerializer(many=True)


class ActionLinkSerializer(serializers.Serializer[Any]):
    """The button of a home page."""

    label = serializers.CharField()  # type: ignore[assignment]
    link = ReferenceSerializer()


class PageSerializer(PageSummarySerializer):
    """A whole page. What its kind does not have is null or empty."""

    description = serializers.CharField(
        allow_blank=True, help_text="For search engines."
    )
    body = BodyField()
    links = ReferenceSerializer(many=True)
    translations = TranslationSerializer(many=True)
    key = serializers.CharField(allow_null=True, help_text="Of a screener.")
    area = serializers.CharField(
        allow_null=True, help_text="Of a page of help: what to ask `help` for."
    )
    people = TeamPersonSerializer(many=True, help_text="Of a team page.")
    action = ActionLinkSerializer(allow_null=True)


class PageListSerializer(ListSerializer):
    """A page of a list: `next` and `previous` are addresses, or null at the ends."""

    results = PageSummarySerializer(many=True)


# -- The site ------------------------------------------------------------------


class MenuEntrySerializer(serializers.Serializer[Any]):
    """A link of a menu; `link` is null where it leads out of the site."""

    label = serializers.CharField()  # type: ignore[assignment]
    url = serializers.URLField()
    link = ReferenceSerializer(allow_null=True)


class MenusSerializer(serializers.Serializer[Any]):
    main = MenuEntrySerializer(many=True)
    footer = MenuEntrySerializer(many=True)


class SiteHoursSerializer(serializers.Serializer[Any]):
    time_zone = serializers.CharField()
    weekly = OpeningSerializer(many=True)
    words = serializers.ListField(child=serializers.CharField())
    note = serializers.CharField(allow_blank=True)


class HelpLineSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    number = serializers.CharField()
    tel = serializers.CharField()
    hours = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True)


class SiteSerializer(serializers.Serializer[Any]):
    """What every page of the site shows in one language. Empty where nobody said it."""

    name = serializers.CharField()
    tagline = serializers.CharField(allow_blank=True)
    locale = serializers.CharField()
    locales = serializers.ListField(
        child=serializers.CharField(), help_text="Languages that have a home page."
    )
    home = ReferenceSerializer(allow_null=True)
    legal_service = serializers.BooleanField()
    email = serializers.CharField(allow_blank=True)
    phones = PhoneSerializer(many=True)
    address = serializers.CharField(allow_blank=True)
    hours = SiteHoursSerializer()
    languages = serializers.ListField(child=serializers.CharField())
    footer_text = serializers.CharField(allow_blank=True)
    disclaimer = serializers.CharField(allow_blank=True)
    help_lines = HelpLineSerializer(many=True)
    social_image = PictureField()
    menus = MenusSerializer()
