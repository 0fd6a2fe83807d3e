"""The public shapes of articles and topics."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cms.api.bodies import (
    BODY,
    describe_body,
    describe_links,
    list_translations,
)
from cms.articles.models import ArticlePage
from cms.articles.review import ReviewState
from cms.blocks.media import IMAGE_REFERENCE, describe_image
from cms.identity.people import Person
from cms.references import describe_pages
from plugins.streams.api_shapes import or_null


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


class SparseSerializer(serializers.ModelSerializer[Any]):
    """Shows the `fields` of its context only, if there are any."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = self.context.get("fields")
        if wanted:
            for name in set(self.fields) - set(wanted):
                self.fields.pop(name)


class ArticleSummarySerializer(SparseSerializer):
    """An article as lists show it."""

    slug = serializers.CharField()
    locale = serializers.CharField(source="locale.language_code")
    title = serializers.CharField()
    summary = serializers.CharField(allow_blank=True)
    url = serializers.SerializerMethodField()
    authors = serializers.SerializerMethodField()
    topics = serializers.SerializerMethodField()
    image = serializers.SerializerMethodField()
    published_at = serializers.DateTimeField(source="first_published_at")
    updated_at = serializers.DateTimeField(source="last_published_at")
    reading_minutes = serializers.IntegerField()
    review = serializers.SerializerMethodField()
    translation_reviewed = serializers.BooleanField(
        source="translation_state",
        allow_null=True,
        read_only=True,
        help_text="By a legal translator; null in the site's own language.",
    )

    class Meta:
        model = ArticlePage
        fields = [
            "id",
            "slug",
            "locale",
            "title",
            "summary",
            "url",
            "authors",
            "topics",
            "image",
            "published_at",
            "updated_at",
            "reading_minutes",
            "review",
            "translation_reviewed",
        ]

    @extend_schema_field(serializers.URLField())
    def get_url(self, article: ArticlePage) -> str:
        return article.get_full_url(self.context["request"])

    @extend_schema_field(AuthorSerializer(many=True))
    def get_authors(self, article: ArticlePage) -> list[dict[str, str]]:
        people: dict[int, Person] = self.context["people"]
        code = article.locale.language_code
        shown = [people.get(link.person_id) for link in article.author_links.all()]
        return [
            # Words in another language are left out; a name is a name.
            {
                "name": person.name,
                "role": person.role if own else "",
                "bar_admission": person.bar_admission if own else "",
            }
            for person in shown
            if person is not None
            for own in [person.locale.language_code == code]
        ]

    @extend_schema_field(TopicLinkSerializer(many=True))
    def get_topics(self, article: ArticlePage) -> list[dict[str, str]]:
        # Through the prefetched links: one query for a whole list of articles.
        topics = [link.tag for link in article.article_topics.all()]
        return [{"slug": topic.slug, "name": topic.name} for topic in sorted(topics)]

    @extend_schema_field(or_null(IMAGE_REFERENCE))
    def get_image(self, article: ArticlePage) -> dict[str, Any] | None:
        image = article.hero_image
        if image is None:
            return None
        return describe_image(image, image.description, self.context)

    @extend_schema_field(ReviewSerializer())
    def get_review(self, article: ArticlePage) -> dict[str, Any]:
        return {
            "state": article.review_state().value,
            "reviewed_by": article.reviewer_name or None,
            "reviewed_on": article.reviewed_on,
            "next_review_due": article.next_review_due,
            "law_checked_on": article.law_checked_on,
        }


class ArticleSerializer(ArticleSummarySerializer):
    """A whole article."""

    body = serializers.SerializerMethodField()
    links = serializers.SerializerMethodField(
        help_text="The pages of the site that the body links to, by the `url` there."
    )
    related = serializers.SerializerMethodField()
    translations = serializers.SerializerMethodField()

    class Meta(ArticleSummarySerializer.Meta):
        fields = [
            *ArticleSummarySerializer.Meta.fields,
            "body",
            "links",
            "related",
            "translations",
        ]

    @extend_schema_field(BODY)
    def get_body(self, article: ArticlePage) -> list[dict[str, Any]]:
        return describe_body(article, self.context)

    @extend_schema_field(ReferenceSerializer(many=True))
    def get_links(self, article: ArticlePage) -> list[dict[str, Any]]:
        return describe_links(article, self.context)

    @extend_schema_field(RelatedSerializer(many=True))
    def get_related(self, article: ArticlePage) -> list[dict[str, Any]]:
        request = self.context["request"]
        topics = [link.tag for link in article.article_topics.all()]
        pages = article.list_related(request._request, topics)
        addresses = [(page, page.get_full_url(request)) for page in pages]
        return [
            {**reference, "summary": page.summary}
            for reference, page in zip(describe_pages(addresses), pages, strict=True)
        ]

    @extend_schema_field(TranslationSerializer(many=True))
    def get_translations(self, article: ArticlePage) -> list[dict[str, str]]:
        return list_translations(article.public_translations, self.context)


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
