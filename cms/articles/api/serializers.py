"""The public shapes of articles and topics."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cms.articles.models import ArticlePage, Topic
from cms.articles.review import ReviewState
from cms.blocks.media import describe_image
from cms.identity.people import Person


class TopicSerializer(serializers.ModelSerializer[Topic]):
    """A topic, and how many live articles of the language asked for have it."""

    article_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = Topic
        fields = ["slug", "name", "article_count"]


class TopicLinkSerializer(serializers.ModelSerializer[Topic]):
    class Meta:
        model = Topic
        fields = ["slug", "name"]


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


class ImageSerializer(serializers.Serializer[Any]):
    url = serializers.URLField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    alt = serializers.CharField(allow_blank=True)


class BlockSerializer(serializers.Serializer[Any]):
    """One block of the body. The form of `value` depends on `type`."""

    id = serializers.CharField()
    type = serializers.CharField()
    value = serializers.JSONField()


class TranslationSerializer(serializers.Serializer[Any]):
    locale = serializers.CharField()
    slug = serializers.CharField()
    url = serializers.URLField()


class ArticleSummarySerializer(serializers.ModelSerializer[ArticlePage]):
    """An article as lists show it."""

    locale = serializers.CharField(source="locale.language_code")
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = self.context.get("fields")
        if wanted:
            for name in set(self.fields) - set(wanted):
                self.fields.pop(name)

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

    @extend_schema_field(ImageSerializer(allow_null=True))
    def get_image(self, article: ArticlePage) -> dict[str, Any] | None:
        if article.hero_image is None:
            return None
        return describe_image(article.hero_image, "", self.context)

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
    translations = serializers.SerializerMethodField()

    class Meta(ArticleSummarySerializer.Meta):
        fields = [*ArticleSummarySerializer.Meta.fields, "body", "translations"]

    @extend_schema_field(BlockSerializer(many=True))
    def get_body(self, article: ArticlePage) -> list[dict[str, Any]]:
        request = self.context["request"]
        context = {
            "request": request,
            "page": article,
            "links": article.page_links(request),
            "base": article.get_full_url(request),
            "plain": self.context.get("plain", False),
        }
        blocks: list[dict[str, Any]] = article.body.stream_block.get_api_representation(
            article.body, context=context
        )
        return blocks

    @extend_schema_field(TranslationSerializer(many=True))
    def get_translations(self, article: ArticlePage) -> list[dict[str, str]]:
        return [
            {
                "locale": page.locale.language_code,
                "slug": page.slug,
                "url": page.get_full_url(self.context["request"]),
            }
            for page in article.public_translations
        ]


class ArticleListSerializer(serializers.Serializer[Any]):
    """A page of a list: `next` and `previous` are addresses, or null at the ends."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ArticleSummarySerializer(many=True)


class TopicListSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    results = TopicSerializer(many=True)
