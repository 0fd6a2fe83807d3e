"""Reads and saves every note through the historical model, as data migrations do."""

from django.db import migrations


def shout(apps, schema_editor):
    Note = apps.get_model("dummy_plugin", "Note")
    for note in Note.objects.using(schema_editor.connection.alias):
        for block in note.body:
            if block["type"] == "text":
                block["value"] = block["value"].upper()
        note.save()


class Migration(migrations.Migration):
    dependencies = [("dummy_plugin", "0001_initial")]

    operations = [migrations.RunPython(shout, migrations.RunPython.noop)]
