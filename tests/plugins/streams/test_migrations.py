"""Blocks come and go without migrations, and migrations do not touch the content."""

import json

import pytest
from django.core.management import call_command
from django.db import connection, connections, migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from wagtail import blocks
from wagtail.blocks.migrations.migrate_operation import MigrateStreamData
from wagtail.blocks.migrations.operations import RenameStreamChildrenOperation
from wagtail.fields import StreamField as StockStreamField

from plugins import ArticleBlock
from plugins.streams import StreamField
from plugins.testing import registered, stored_stream, without_plugin
from tests.dummy_plugin.models import Note
from tests.kitapp.models import BodyBlock, KitPage
from tests.plugins.bodies import GONE, KNOWN, section

BODY = [KNOWN, GONE, section([GONE], lost=1)]


class NaiveStreamField(StockStreamField):
    """A stock field that merely leaves its blocks out of migrations."""

    def deconstruct(self):
        name, _path, _args, kwargs = models.Field.deconstruct(self)
        return name, "tests.plugins.test_migrations.NaiveStreamField", [[]], kwargs


def no_changes():
    try:
        call_command("makemigrations", "kitapp", check=True, dry_run=True, verbosity=0)
    except SystemExit:
        return False
    return True


@pytest.mark.django_db
def test_a_plugin_block_comes_and_goes_without_a_migration():
    names = KitPage._meta.get_field("body").stream_block.child_blocks
    assert "dummy_plugin__notice" in names
    assert no_changes()
    with without_plugin("dummy_plugin"):
        block = KitPage._meta.get_field("body").stream_block
        assert "dummy_plugin__notice" not in block.child_blocks
        assert no_changes()
    extra = ArticleBlock(key="extra.quote", block=blocks.BlockQuoteBlock)
    with registered("article_blocks", "extra.quote", extra):
        block = KitPage._meta.get_field("body").stream_block
        assert "extra__quote" in block.child_blocks
        assert no_changes()


def test_the_stock_field_writes_every_block_into_the_migration():
    """So that a plugin's block would be a migration of the app that takes it."""
    with_block = StockStreamField(
        [("a", blocks.CharBlock()), ("b", blocks.CharBlock())]
    )
    without = StockStreamField([("a", blocks.CharBlock())])
    assert with_block.deconstruct()[1:] != without.deconstruct()[1:]
    with_block = StreamField([("a", blocks.CharBlock()), ("b", blocks.CharBlock())])
    without = StreamField([("a", blocks.CharBlock())], default=[("a", "x")])
    assert with_block.deconstruct() == (None, "plugins.streams.StreamField", [], {})
    assert without.deconstruct()[3] == {"default": list}


def historical(field):
    """Note as a migration sees it, with ``field`` as its body."""
    state = ProjectState()
    fields = [("id", models.BigAutoField(primary_key=True)), ("body", field)]
    state.add_model(ModelState("dummy_plugin", "Note", fields))
    return state.apps.get_model("dummy_plugin", "Note")


def insert_note(body, using="default"):
    cast = "::jsonb" if connections[using].vendor == "postgresql" else ""
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"INSERT INTO dummy_plugin_note (id, body) VALUES (1, %s{cast})",
            [json.dumps(body)],
        )


def stored_note(using="default"):
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT body FROM dummy_plugin_note")
        return json.loads(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_historical_model_saves_back_what_it_read():
    insert_note(BODY)
    note = historical(StreamField(blank=True)).objects.get()
    assert note.body == BODY
    note.save()
    assert stored_stream(Note.objects.get()) == BODY
    note.body[0]["value"] = "Changed"
    note.save()
    assert stored_stream(Note.objects.get()) == [
        {**KNOWN, "value": "Changed"},
        *BODY[1:],
    ]


@pytest.mark.django_db
def test_a_naive_field_without_blocks_wipes_the_content():
    insert_note(BODY)
    historical(NaiveStreamField([], blank=True)).objects.get().save()
    assert stored_stream(Note.objects.get()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("body", [[], "legacy text", {"odd": 1}])
def test_a_historical_model_leaves_whatever_it_finds(body):
    insert_note(body)
    historical(StreamField(blank=True)).objects.get().save()
    assert stored_note() == body


@pytest.mark.django_db
def test_historical_models_can_make_new_rows():
    historical(StreamField(blank=True)).objects.create(id=1)
    assert stored_stream(Note.objects.get()) == []
    historical(StreamField(blank=True)).objects.create(id=2, body=BODY)
    assert stored_stream(Note.objects.get(pk=2)) == BODY


@pytest.mark.django_db
def test_a_historical_page_saves_back_what_it_read(make_page):
    page = make_page(BODY)
    state = MigrationLoader(connection).project_state(("kitapp", "0001_initial"))
    past = state.apps.get_model("kitapp", "KitPage").objects.get(pk=page.pk)
    past.title = "Changed by a migration"
    past.save()
    page.refresh_from_db()
    assert page.title == "Changed by a migration"
    assert stored_stream(page) == BODY


@pytest.fixture
def scratch_database(django_db_blocker):
    """A second, empty database: migrating the real one would disturb other tests."""
    connections.databases["scratch"] = {
        **connections.databases["default"],
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ":memory:",
        "OPTIONS": {},
    }
    with django_db_blocker.unblock():
        yield "scratch"
        connections["scratch"].close()
    del connections["scratch"]
    del connections.databases["scratch"]


def test_a_real_migration_that_saves_models_keeps_the_content(scratch_database):
    executor = MigrationExecutor(connections[scratch_database])
    executor.migrate([("dummy_plugin", "0001_initial")])
    text = {"type": "text", "value": "quiet", "id": "t1"}
    insert_note([GONE, text], scratch_database)
    executor = MigrationExecutor(connections[scratch_database])
    executor.migrate([("dummy_plugin", "0002_shout")])
    assert stored_note(scratch_database) == [GONE, {**text, "value": "QUIET"}]


@pytest.mark.django_db
def test_wagtails_stream_migrations_work_on_top_level_blocks():
    insert_note([{"type": "text", "value": "a", "id": "1"}, GONE])
    operation = MigrateStreamData(
        "dummy_plugin",
        "Note",
        "body",
        [(RenameStreamChildrenOperation("text", "t"), "")],
    )
    assert isinstance(operation, migrations.RunPython)

    class Apps:
        def get_model(self, app, name):
            if name == "Note":
                return historical(StreamField(blank=True))
            from django.apps import apps

            return apps.get_model(app, name)

    operation.migrate_stream_data_forward(Apps(), None)
    assert stored_stream(Note.objects.get()) == [
        {"type": "t", "value": "a", "id": "1"},
        GONE,
    ]


def test_a_real_field_without_blocks_is_an_error():
    field = StreamField(blank=True)
    assert [m.id for m in field.check()] == ["plugins.E004"]
    assert not [m for m in KitPage._meta.get_field("body").check() if m.is_serious()]


def test_a_stock_stream_is_no_body_for_our_field():
    stock = StreamField(blocks.StreamBlock([("a", blocks.CharBlock())]))
    with pytest.raises(TypeError, match="must be a StableStreamBlock"):
        stock.formfield()
    assert isinstance(StreamField(BodyBlock).stream_block, BodyBlock)
