"""Works out how long the articles that are there take to read."""

import json

from django.db import migrations, models
from django.db.models.functions import Cast

from cms.articles.reading import count_minutes


def count(apps, schema_editor):
    articles = apps.get_model("articles", "ArticlePage").objects
    stored = articles.annotate(raw=Cast("body", models.TextField()))
    for pk, raw in stored.values_list("pk", "raw").iterator():
        minutes = count_minutes(json.loads(raw or "[]"))
        articles.filter(pk=pk).update(reading_minutes=minutes)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0008_authors_and_reading_time'),
    ]

    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
