"""Say which screener each key and each publication belongs to.

Where two screeners had come to share a key, the one published first keeps it, and the
other gets a number. Rows are written by `update`: a historical page's own `save` would
empty its streams.
"""

from itertools import count

from django.db import migrations


def whose_key(apps, schema_editor):
    Screener = apps.get_model("screening_block", "Screener")
    ScreenerKey = apps.get_model("screening_block", "ScreenerKey")
    Publication = apps.get_model("screening_block", "Publication")
    pages = list(
        Screener.objects.values_list(
            "pk", "key", "slug", "translation_key", "first_published_at"
        )
    )
    # Published ones first, the oldest of them first.
    pages.sort(key=lambda page: (page[4] is None, str(page[4]), page[0]))
    owners = {}
    for pk, key, slug, screener, _published in pages:
        if screener in owners.values():
            continue
        stem = key or slug[:64] or "screener"
        name = stem
        for number in count(2):
            if name not in owners:
                break
            name = f"{stem[: 63 - len(str(number))]}-{number}"
        owners[name] = screener
    for key, screener in owners.items():
        ScreenerKey.objects.create(key=key, screener=screener)
        Screener.objects.filter(translation_key=screener).exclude(key=key).update(
            key=key
        )
        Publication.objects.filter(screener_key=key, screener=None).update(
            screener=screener
        )


class Migration(migrations.Migration):
    dependencies = [("screening_block", "0005_identity_and_recalls")]

    operations = [migrations.RunPython(whose_key, migrations.RunPython.noop)]
