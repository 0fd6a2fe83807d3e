"""Releases of before are stored in pieces, each once, instead of whole."""

from django.db import migrations, models

from screening_block.models.release_pieces import fetch, store


def cut_all(apps, schema_editor):
    using = schema_editor.connection.alias
    releases = apps.get_model("screening_block", "Release").objects.using(using)
    pieces = apps.get_model("screening_block", "ReleasePiece").objects
    for name in list(releases.order_by("created_at").values_list("pk", flat=True)):
        text = releases.values_list("canonical", flat=True).get(pk=name)
        ids = store(text.encode(), pieces)
        releases.filter(pk=name).update(pieces=ids)


def join_all(apps, schema_editor):
    using = schema_editor.connection.alias
    releases = apps.get_model("screening_block", "Release").objects.using(using)
    pieces = apps.get_model("screening_block", "ReleasePiece").objects
    for name, ids in list(releases.values_list("pk", "pieces")):
        releases.filter(pk=name).update(canonical=fetch(ids, pieces).decode())


class Migration(migrations.Migration):
    dependencies = [("screening_block", "0014_translation_reviewed")]

    operations = [
        migrations.CreateModel(
            name="ReleasePiece",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("data", models.BinaryField()),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.AddField(
            model_name="release",
            name="pieces",
            field=models.JSONField(default=list, editable=False),
            preserve_default=False,
        ),
        # So that the way back finds something to fill.
        migrations.AlterField(
            model_name="release",
            name="canonical",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.RunPython(cut_all, join_all),
        migrations.RemoveField(model_name="release", name="canonical"),
    ]
