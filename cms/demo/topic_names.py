"""What the demo's topics are called in each language, and what is said of them."""

from django.conf import settings

from cms.articles.models import Topic
from cms.demo.files import read_topics
from cms.demo.models import DemoPart


def make_topics(language: str) -> None:
    """Make the topics of a language, each as the translation of its source; once."""
    for source, texts in read_topics(language).items():
        name = f"{language}/topic/{source}"
        if DemoPart.objects.filter(name=name).exists():
            continue
        topic = Topic.named(texts["name"])
        topic.description = topic.description or texts.get("description", "")
        if language != settings.LANGUAGE_CODE and topic.translates is None:
            other = Topic.named(source)
            # A word that is the same in both languages is one topic.
            topic.translates = other if other != topic else None
        topic.save()
        DemoPart.remember(name)
