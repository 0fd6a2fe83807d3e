"""Topics that are one in all but their spelling become one; from here on they stay so.

The oldest is kept, with its name and its address. Its twins' articles go to it, and so
do drafts and earlier versions of articles, which name topics by their ids.
"""

from collections import defaultdict

from django.db import migrations, models

from plugins.text import identity


def forwards(apps, schema_editor):
    merge_twins(apps)
    # PostgreSQL changes no table that still waits for its checks.
    schema_editor.connection.check_constraints()


def merge_twins(apps):
    Topic = apps.get_model("articles", "Topic")
    ArticleTopic = apps.get_model("articles", "ArticleTopic")
    kept = {}  # folded: id
    moved = {}  # id of a twin: id of the topic that it becomes
    for topic in Topic.objects.order_by("pk"):
        # A name of nothing visible is nobody's twin.
        folded = identity(topic.name) or f"topic {topic.pk}"
        if folded in kept:
            moved[topic.pk] = kept[folded]
        else:
            kept[folded] = topic.pk
            Topic.objects.filter(pk=topic.pk).update(folded=folded)
    if not moved:
        return
    there = set(ArticleTopic.objects.values_list("content_object_id", "tag_id"))
    for link in ArticleTopic.objects.filter(tag_id__in=moved).order_by("pk"):
        place = link.content_object_id, moved[link.tag_id]
        if place not in there:
            there.add(place)
            ArticleTopic.objects.filter(pk=link.pk).update(tag_id=place[1])
    _in_revisions(apps, moved)
    # What is left of their links goes with them.
    ArticleTopic.objects.filter(tag_id__in=moved).delete()
    Topic.objects.filter(pk__in=moved).delete()


def _in_revisions(apps, moved):
    Revision = apps.get_model("wagtailcore", "Revision")
    revisions = Revision.objects.filter(
        content_type__app_label="articles", content_type__model="articlepage"
    )
    for revision in revisions.only("content").iterator(chunk_size=100):
        links = revision.content.get("article_topics") or []
        if not any(link.get("tag") in moved for link in links):
            continue
        one_each = defaultdict(list)
        for link in links:
            tag = moved.get(link["tag"], link["tag"])
            one_each[tag].append({**link, "tag": tag})
        revision.content["article_topics"] = [same[0] for same in one_each.values()]
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AddField(
            model_name="topic",
            name="folded",
            field=models.CharField(default="", editable=False, max_length=255),
            preserve_default=False,
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="topic",
            name="folded",
            field=models.CharField(editable=False, max_length=255, unique=True),
        ),
    ]
