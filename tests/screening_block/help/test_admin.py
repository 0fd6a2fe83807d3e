"""Editors list, write, export and import help entries."""

import csv
import io

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Workflow

from screening_block.admin_urls import admin_url
from screening_block.help.entry_csv import list_columns, read_entries, write_entries
from screening_block.help.models import HelpEntry, HelpWords
from screening_block.roles import EDITOR, make_roles

from .entries import TODAY, make_entry

pytestmark = pytest.mark.django_db


def send(client, *lines: str, publish: bool = True):
    file = SimpleUploadedFile("help.csv", "\n".join(lines).encode())
    data = {"file": file, **({"publish": "on"} if publish else {})}
    return client.post(admin_url(HelpEntry, "import"), data)


def table(**row: str) -> tuple[str, str]:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(row.values())
    return ",".join(row), out.getvalue().rstrip("\n")


ROW = {
    "key": "center",
    "name": "The center",
    "name_es": "El centro",
    "subjects": "papers, immigration",
    "note": "Helps with forms.",
    "note_es": "Ayuda con formularios.",
    "phones": "213-555-0100\nForms: 213-555-0101",
    "source": "https://example.org/center",
    "checked_on": "2026-11-30",
    "checked_by": "An editor",
}


def test_what_was_exported_can_be_imported_and_changes_nothing(editor):
    entry = make_entry(name="=HYPERLINK(1)", note="Two\nlines, and “quotes”")
    entry.words.add(HelpWords(language="es", note="Dos líneas"))
    entry.save_revision().publish()
    response = editor.get(admin_url(HelpEntry, "csv"))
    content = response.content
    assert b"'=HYPERLINK" in content
    sheet = read_entries(content)
    assert sheet.problems == []
    assert write_entries(sheet.entries) == content
    file = SimpleUploadedFile("help.csv", content)
    editor.post(admin_url(HelpEntry, "import"), {"file": file, "publish": "on"})
    assert HelpEntry.objects.get().revisions.count() == 2


def test_a_file_makes_and_changes_entries_with_their_words(editor):
    response = send(editor, *table(**ROW))
    assert response.status_code == 302, response.context["problems"]
    entry = HelpEntry.objects.get()
    assert entry.live
    assert entry.subjects == ["papers", "immigration"]
    words = {"name": "El centro", "note": "Ayuda con formularios.", "hours_note": ""}
    assert entry.pick_words("es") == words
    assert entry.pick_words("fr")["name"] == "The center"
    assert [phone.label for phone in entry.phone_list] == ["", "Forms"]
    send(editor, "key,name", "center,The new center", publish=False)
    entry = HelpEntry.objects.get()
    assert entry.name == "The center"
    draft = entry.get_latest_revision_as_object()
    assert (draft.name, draft.note) == ("The new center", "Helps with forms.")


@pytest.mark.once  # refused before anything is written
@pytest.mark.parametrize(
    ("change", "column", "says"),
    [
        ({"colour": "red"}, "colour", "no such column"),
        ({"phones": "call"}, "phones", "not a telephone number"),
        ({"hours": "always"}, "hours", "Line 1"),
        ({"subjects": "gardening"}, "subjects", "gardening"),
        ({"source": "ftp://example.org"}, "source", "https://"),
        ({"checked_on": "11/30/2026"}, "checked_on", "2026-01-31"),
        ({"checked_on": ""}, "checked_on", "blank"),
        ({"note_es": "x" * 501}, "note_es", "500"),
        ({"order": "first"}, "order", "whole number"),
        ({"key": "The Center"}, "key", "small letters"),
        ({"name": "a\u202eb"}, "name", "invisible"),
    ],
)
def test_one_wrong_cell_is_named_and_nothing_is_imported(editor, change, column, says):
    row = ROW | change
    out = io.StringIO()
    writer = csv.DictWriter(out, list(row), lineterminator="\n")
    writer.writeheader()
    writer.writerow(row)
    writer.writerow(ROW | {"key": "other"})
    response = send(editor, out.getvalue())
    assert response.status_code == 200
    (problem,) = response.context["problems"]
    assert (problem.row, problem.column) == (1 if column == "colour" else 2, column)
    assert says in problem.message
    assert problem.message in response.content.decode().replace("&#x27;", "'")
    assert not HelpEntry.objects.exists()


def test_two_rows_with_one_key_are_refused(editor):
    head, row = table(**ROW)
    (problem,) = send(editor, head, row, row).context["problems"]
    assert (problem.row, problem.column) == (3, "key")


def test_the_listing_is_filtered_by_subject_area_language_and_what_is_due(editor):
    make_entry("new", subjects=["papers"], areas="us-ca", languages=["ko"])
    make_entry("due", checked_on=TODAY.replace(month=8))
    make_entry("hidden", checked_on=TODAY.replace(year=2025))

    def found(**query: str) -> set[str]:
        response = editor.get(admin_url(HelpEntry, "list"), query)
        assert response.status_code == 200
        return {entry.key for entry in response.context["object_list"]}

    assert found(subject="papers") == {"new"}
    assert found(area="us-ca") == {"new"}
    assert found(language="es") == {"due", "hidden"}
    assert found(due="good") == {"new"}
    assert found(due="due") == {"due"}
    assert found(due="hidden") == {"hidden"}
    assert found(q="hotline") == {"new", "due", "hidden"}


def test_the_form_shows_an_error_at_its_field_and_keeps_a_history(editor):
    entry = make_entry()
    address = admin_url(HelpEntry, "edit", entry.pk)
    assert editor.get(address).status_code == 200
    history = editor.get(admin_url(HelpEntry, "history", entry.pk))
    assert history.status_code == 200
    form = {
        "name": entry.name,
        "key": entry.key,
        "order": 50,
        "subjects": ["papers"],
        "note": "",
        "phones": "nobody",
        "hours": "",
        "hours_note": "",
        "time_zone": entry.time_zone,
        "areas": "us",
        "counties": "",
        "languages": ["en"],
        "url": "",
        "address": "",
        "source": entry.source,
        "source_dated": "",
        "checked_on": "2026-11-30",
        "checked_by": "An editor",
        "editors_note": "",
        "words-TOTAL_FORMS": 0,
        "words-INITIAL_FORMS": 0,
        "words-MIN_NUM_FORMS": 0,
        "words-MAX_NUM_FORMS": 1000,
        "action-publish": "1",
    }
    response = editor.post(address, form)
    assert "phones" in response.context["form"].errors
    twice = {"words-TOTAL_FORMS": 2, "phones": "211"}
    for number in (0, 1):
        place = {"language": "es", "note": f"Nota {number}", "ORDER": number}
        twice |= {f"words-{number}-{name}": value for name, value in place.items()}
    answer = editor.post(address, form | twice)
    errors = [one.errors for one in answer.context["form"].formsets["words"].forms]
    assert [list(one) for one in errors] == [[], ["language"]]
    assert editor.post(address, form | {"phones": "211"}).status_code == 302
    entry = HelpEntry.objects.get()
    assert (entry.phones, entry.subjects) == ("211", ["papers"])


def test_editors_write_entries_and_the_legal_review_publishes_them(
    client, django_user_model
):
    make_roles()
    user = django_user_model.objects.create_user("writer", "w@example.org", "x")
    user.groups.add(Group.objects.get(name=EDITOR))
    client.force_login(user)
    assert client.get(admin_url(HelpEntry, "list")).status_code == 200
    response = client.get(admin_url(HelpEntry, "import"))
    assert "publish" not in response.context["form"].fields
    send(client, *table(**ROW))
    assert not HelpEntry.objects.get().live
    assert HelpEntry.objects.get().get_workflow() == Workflow.objects.get(
        name="Legal review"
    )


def test_who_has_no_right_to_entries_sees_and_changes_none(client, django_user_model):
    user = django_user_model.objects.create_user("other", "o@example.org", "x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    home = reverse("wagtailadmin_home")
    for name in ("list", "csv", "import"):
        response = client.get(admin_url(HelpEntry, name))
        assert (response.status_code, response.get("Location", home)) == (302, home)


def test_every_column_is_named_where_files_are_taken(editor):
    page = editor.get(admin_url(HelpEntry, "import")).content.decode()
    assert all(column in page for column in list_columns())
