"""Topics: what an article is about, each of them once however it is typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager, _ClusterTaggableManager
from modelsearch.tasks import insert_or_update_object_task
from taggit.models import TagBase

from plugins.text import clean_text, identity

#: Of a slug's 100 characters, what is left for a number that tells it from another.
SLUG = 90


class Topic(TagBase):
    """What an article is about, in the words of the article's own language.

    A topic of another language may say of which one it is the translation. A word that
    both languages have is one topic.

    The slug is part of public addresses: it is made once, in the letters of the name
    whatever their script, and stays when the name is corrected. `folded` is what makes
    two names one topic: see `plugins.text.identity`.
    """

    description = models.TextField(
        _("description"),
        blank=True,
        max_length=400,
        help_text=_("One or two sentences, shown on the topic’s own page."),
    )
    translates = models.ForeignKey(
        "self",
        verbose_name=_("translation of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="translations",
        help_text=_(
            "The same topic in the site’s main language. A reader who changes the "
            "language of this topic’s page gets to that one, and back."
        ),
    )
    folded = models.CharField(max_length=255, unique=True, editable=False)

    class Meta:
        app_label = "articles"
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    @classmethod
    def named(cls, name: str) -> Topic:
        """Return the topic of that name, made if there is none. Raises `TextError`."""
        name = tidy_name(name)
        topic, _made = cls.objects.get_or_create(
            folded=identity(name), defaults={"name": name}
        )
        return topic

    def clean(self) -> None:
        super().clean()
        same = type(self).objects.filter(folded=identity(self.name))
        if other := same.exclude(pk=self.pk).first():
            message = _("This topic already exists, written “%(name)s”.")
            raise ValidationError({"name": message % {"name": other.name}})
        source = self.translates
        if source and (source.pk == self.pk or source.translates_id):
            message = _("Choose the topic that the others are translations of.")
            raise ValidationError({"translates": message})
        if source and self.pk and self.translations.exists():
            message = _("Other topics are translations of this one.")
            raise ValidationError({"translates": message})

    def versions(self) -> models.QuerySet[Topic]:
        """Return this topic in all languages: itself, its source, its translations."""
        source = self.translates_id or self.pk
        among = models.Q(pk=source) | models.Q(translates=source)
        return type(self).objects.filter(among)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = identity(self.name)
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "folded"}
        super().save(*args, **kwargs)
        self._index(self._articles())

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        articles = self._articles()
        deleted = super().delete(*args, **kwargs)
        self._index(articles)
        return deleted

    def _articles(self) -> list[int]:
        links = self.article_topics  # type: ignore[attr-defined]
        return list(links.values_list("content_object", flat=True))

    @staticmethod
    def _index(articles: Iterable[int]) -> None:
        """Index its articles again: they are found by the names of their topics."""
        for pk in articles:
            insert_or_update_object_task.enqueue("articles", "articlepage", str(pk))

    def slugify(self, tag: str, i: int | None = None) -> str:
        # A name without any letter has an empty slug, which no address could hold.
        slug = super().slugify(tag)[:SLUG] or "topic"
        return slug if i is None else f"{slug}_{i}"


def tidy_name(name: str) -> str:
    """Return a topic's name as it is stored; empty where nothing of it is visible."""
    return clean_text(name, kind="name").strip()


class _Topics(_ClusterTaggableManager):
    """Finds a topic by what it is, where taggit would go by how it is spelt."""

    def _to_tag_model_instances(self, tags: Iterable[Any], tag_kwargs: Any) -> Any:
        topics = [
            Topic.named(tag) if isinstance(tag, str) else tag
            for tag in tags
            if not isinstance(tag, str) or tidy_name(tag)
        ]
        return super()._to_tag_model_instances(topics, tag_kwargs)


class TopicsManager(ClusterTaggableManager):
    """The topics of an article, as a field."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        # In the database it is the stock field.
        stock = ClusterTaggableManager
        return name, f"{stock.__module__}.{stock.__qualname__}", args, kwargs

    def __get__(self, instance: Any, model: Any) -> _Topics:
        return _Topics(
            through=self.through,
            model=model,
            instance=instance,
            prefetch_cache_name=self.name,
        )
