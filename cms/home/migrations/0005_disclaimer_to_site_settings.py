"""Moves the disclaimer of each home page into the settings of its site.

What `OFFICE_ADDRESS` and `OFFICE_PHONE` said goes there as well.
"""

import os

from django.conf import settings
from django.db import migrations


def sites_by_root(apps):
    """Sites by the translation key of their home pages."""
    page = apps.get_model(settings.WAGTAIL_PAGE_MODEL)
    keys = dict(page.objects.values_list("pk", "translation_key"))
    site = apps.get_model("wagtailcore", "Site")
    return {keys[one.root_page_id]: one for one in site.objects.order_by("is_default_site")}


def move(apps, schema_editor):
    record = apps.get_model("identity", "SiteSettings")
    sites = sites_by_root(apps)
    address = os.environ.get("OFFICE_ADDRESS", "").strip()
    phone = os.environ.get("OFFICE_PHONE", "").strip()
    translations = {}
    homes = apps.get_model("home", "HomePage").objects.filter(live=True, alias_of=None)
    for home in homes.order_by("pk"):
        site = sites.get(home.translation_key)
        if site is None or not (home.disclaimer.strip() or address):
            continue
        if record.objects.filter(site=site, locale=home.locale_id).exists():
            continue
        made = record(
            site=site,
            locale_id=home.locale_id,
            name=site.site_name or site.hostname,
            disclaimer=home.disclaimer,
            live=True,
            first_published_at=home.first_published_at,
            last_published_at=home.last_published_at,
        )
        if site.is_default_site:
            made.address, made.phones = address, phone
            made.is_legal_service = bool(address)
        if key := translations.get(site.pk):
            made.translation_key = key
        made.save()
        translations[site.pk] = made.translation_key


def move_back(apps, schema_editor):
    sites = sites_by_root(apps)
    home = apps.get_model("home", "HomePage")
    for key, site in sites.items():
        for record in apps.get_model("identity", "SiteSettings").objects.filter(site=site):
            pages = home.objects.filter(translation_key=key, locale=record.locale_id)
            pages.update(disclaimer=record.disclaimer)


class Migration(migrations.Migration):

    dependencies = [
        ('home', '0004_own_case'),
        ('identity', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [migrations.RunPython(move, move_back)]
