"""The public shapes of articles and topics, as the API describes them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cms.api.bodies import BODY
from cms.articles.review import ReviewState
from cms.blocks.media import IMAGE_REFERENCE
from plugins.streams.api_shapes import or_null


@extend_schema_field(or_null(IMAGE_REFERENCE))
class ImageField(serializers.Field[Any, Any, Any, Any]):
    """An image as `describe_image` returns it, or null."""


@extend_schema_field(BODY)
class BodyField(serializers.Field[Any, Any, Any, Any]):
    """A body as `describe_body` returns it."""


class TopicLinkSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()


class TopicSerializer(TopicLinkSerializer):
    """A topic, and how many live articles of the language asked for have it."""

    article_count = serializers.IntegerField()


class AuthorSerializer(serializers.Serializer[Any]):
    """Somebody who wrote the article. `role` is in the language of the article."""

    name = serializers.CharField()
    role = serializers.CharField(allow_blank=True)
    bar_admission = serializers.CharField(allow_blank=True)


class ReviewSerializer(serializers.Serializer[Any]):
    """Who checked the law and until when that holds. `state` is worked out today."""

    state = serializers.ChoiceField(choices=ReviewState.choices)
    reviewed_by = serializers.CharField(allow_null=True)
    reviewed_on = serializers.DateField(allow_null=True)
    next_review_due = serializers.DateField(allow_null=True)
    law_checked_on = serializers.DateField(allow_null=True)


class TranslationSerializer(serializers.Serializer[Any]):
    locale = serializers.CharField()
    slug = serializers.CharField()
    url = serializers.URLField()


class ReferenceSerializer(serializers.Serializer[Any]):
    """A page of the site. An article is read by `slug`, a screener by `key`, any page
    by `id`, each in its `locale`."""

    type = serializers.CharField(
        help_text="`article`, `article_list`, `screener`, `home`, `standard` …"
    )
    id = serializers.IntegerField()
    slug = serializers.CharField()
    key = serializers.CharField(allow_null=True, help_text="Of a screener.")
    locale = serializers.CharField()
    title = serializers.CharField()
    url = serializers.URLField()


class RelatedSerializer(ReferenceSerializer):
    """An article to read next."""

    summary = serializers.CharField(allow_blank=True)


class ArticleSummarySerializer(serializers.Serializer[Any]):
    """An article as lists show it."""

    id = serializers.IntegerField(read_only=True)
    slug = serializers.CharField()
    locale = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField(allow_blank=True)
    url = serializers.URLField(read_only=True)
    authors = AuthorSerializer(many=True, read_only=True)
    topics = TopicLinkSerializer(many=True, read_only=True)
    image = ImageField(read_only=True)
    published_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    reading_minutes = serializers.IntegerField()
    review = ReviewSerializer(read_only=True)
    translation_reviewed = serializers.BooleanField(
        allow_null=True,
        read_only=True,
        help_text="By a legal translator; null in the site's own language.",
    )


class ArticleSerializer(ArticleSummarySerializer):
    """A whole article."""

    body = BodyField(read_only=True)
    links = ReferenceSerializer(
        many=True,
        read_only=True,
        help_text="The pages of the site that the body links to, by the `url` there.",
    )
    related = RelatedSerializer(many=True, read_only=True)
    translations = TranslationSerializer(many=True, read_only=True)


class ListSerializer(serializers.Serializer[Any]):
    """A page of a list: `next` and `previous` are addresses, or null at the ends."""

    count = serializers.IntegerField(help_text="Of all pages of the list together.")
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class ArticleListSerializer(ListSerializer):
    """A page of a list: `next` and `previous` are addresses, or null at the ends."""

    next_cursor = serializers.CharField(
        allow_null=True,
        help_text="Where a page that follows by `cursor` begins; null at the end, and "
        "for the best matches of `q`.",
    )
    results = ArticleSummarySerializer(many=True)


class TopicListSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    results = TopicSerializer(many=True)
