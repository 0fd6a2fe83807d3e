"""Every way in which text comes into the site, and where it then is.

A way of an editor is `(kind, send, stored)`: `send(world, text)` gives the response,
`stored(world)` the text as the site has it now.
"""

from __future__ import annotations

import json
import string
from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, Site
from wagtail.test.utils.form_data import querydict_from_html

from cms.articles.models import Topic
from plugins.text import Kind
from screening_block.models import Chart, ChartRow, Scenario, Threshold
from tests.screening_block.posting import form_of

from .conftest import World

Way = tuple[Kind, Callable[[World, str], Any], Callable[[World], str]]
LETTERS = f"{string.ascii_letters} "
WAYS: dict[str, Way] = {}


def way(name: str, kind: Kind) -> Callable:
    """Registers a function that makes `(send, stored)`."""

    def add(make: Callable[[], tuple[Any, Any]]) -> Callable:
        WAYS[name] = (kind, *make())
        return make

    return add


def edit(world: World, address: str, fields: dict[str, Any]) -> Any:
    """Post an editing form as it was opened, but for some fields."""
    if address not in world.forms:
        answer = world.editor.get(address)
        assert answer.status_code == 200, address
        world.forms[address] = form_of(answer)
    return world.editor.post(address, world.forms[address].dict() | fields)


def page_form(pk: str, stored: Callable, **fixed: str) -> Callable:
    def of(field: str) -> tuple[Any, Any]:
        def send(world: World, text: str) -> Any:
            address = reverse("wagtailadmin_pages:edit", args=[world.ids[pk]])
            return edit(world, address, {**fixed, field: text})

        return send, lambda world: stored(world, field)

    return of


article = page_form("short", lambda world, field: getattr(world.article, field))
for field, kind in (
    ("title", "name"),
    ("seo_title", "name"),
    ("slug", "key"),
    ("summary", "prose"),
    ("search_description", "prose"),
    ("review_note", "prose"),
):
    WAYS[f"article: {field}"] = (kind, *article(field))  # type: ignore[assignment]

reviewed = page_form(
    "short", lambda world, field: world.article.reviewed_by, reviewed_on="2026-01-01"
)
WAYS["article: reviewed_by"] = ("name", *reviewed("reviewed_by"))

published = page_form(
    "short",
    lambda world, field: getattr(world.article, field),
    **{"action-publish": "1"},
)
WAYS["published article: title"] = ("name", *published("title"))


@way("article: topics", "name")
def topics() -> tuple[Any, Any]:
    # In quotation marks a topic may have spaces.
    post, _stored = article("topics")
    return (
        lambda world, text: post(world, f'"{text}"'),
        lambda world: " ".join(topic.name for topic in world.article.topics.all()),
    )


def rich(text: str) -> str:
    """What the rich text editor posts; JSON can write half of a character."""
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0}
    block |= {"inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [block], "entityMap": {}})


def in_body(type_name: str, fields: Callable[[str], dict], read: Callable) -> tuple:
    def send(world: World, text: str) -> Any:
        address = reverse("wagtailadmin_pages:edit", args=[world.ids["short"]])
        at = "body-0"
        data = {"body-count": "1", f"{at}-deleted": "", f"{at}-order": "0"}
        data |= {f"{at}-type": type_name, f"{at}-id": ""}
        more = {f"{at}-value{name}": value for name, value in fields(text).items()}
        return edit(world, address, data | more)

    def stored(world: World) -> str:
        body = world.article.body
        if not body or body[0].block_type != type_name:
            return ""  # What the field before this one left.
        return read(body[0].value)

    return send, stored


def table(caption: str = "", heading: str = "", cell: str = "c") -> dict[str, str]:
    return {
        "-caption": caption,
        "-column-count": "1",
        "-column-0-type": "text",
        "-column-0-order": "0",
        "-column-0-heading": heading,
        "-column-0-deleted": "",
        "-row-count": "1",
        "-row-0-order": "0",
        "-row-0-deleted": "",
        "-cell-0-0": cell,
    }


def action(**given: str) -> dict[str, str]:
    fields = {"title": "T", "text": "", "label": "L", "page": "", "url": ""}
    fields["url"] = "https://example.org/"
    return {f"-{name}": value for name, value in (fields | given).items()}


BODY: dict[str, tuple[Kind, str, Callable, Callable]] = {
    "rich text": ("prose", "text", lambda t: {"": rich(t)}, lambda v: v.source),
    "heading": ("name", "heading", lambda t: {"-text": t}, lambda v: v["text"]),
    "caption": ("name", "table", lambda t: table(caption=t), lambda v: v.caption),
    "table heading": (
        "name",
        "table",
        lambda t: table(heading=t),
        lambda v: v.columns[0]["heading"],
    ),
    "cell": (
        "name",
        "table",
        lambda t: table(cell=t),
        lambda v: v.row_data[0]["values"][0],
    ),
    "action text": (
        "prose",
        "call_to_action",
        lambda t: action(text=t),
        lambda v: v["text"],
    ),
    "action address": (
        "key",
        "call_to_action",
        lambda t: action(url=f"https://example.org/{t}"),
        lambda v: v["url"].removeprefix("https://example.org/"),
    ),
}
for name, (kind, type_name, fields, read) in BODY.items():
    WAYS[f"body: {name}"] = (kind, *in_body(type_name, fields, read))


def snippet(model: Any, stored: Callable) -> Callable:
    def of(field: str) -> tuple[Any, Any]:
        def send(world: World, text: str) -> Any:
            record = model.objects.order_by("pk").first()
            name = model.snippet_viewset.get_url_name("edit")
            return edit(world, reverse(name, args=[record.pk]), {field: text})

        def read(world: World) -> str:
            record = model.objects.order_by("pk").first()
            return stored(record.get_latest_revision_as_object(), field)

        return send, read

    return of


WAYS["threshold: label"] = ("name", *snippet(Threshold, getattr)("label"))
WAYS["threshold: note"] = ("prose", *snippet(Threshold, getattr)("note"))
WAYS["threshold: citation"] = (
    "name",
    *snippet(Threshold, lambda one, _f: one.citations[0].value["text"])(
        "citations-0-value-text"
    ),
)
WAYS["chart: label"] = ("name", *snippet(Chart, getattr)("label"))
WAYS["chart: column"] = (
    "name",
    *snippet(Chart, lambda one, _f: one.columns[0].value["label"])(
        "columns-0-value-label"
    ),
)
WAYS["row: label"] = ("name", *snippet(ChartRow, getattr)("label"))


def in_screener(stream: str, name: str) -> tuple[Any, Any]:
    def stored(world: World, _field: str) -> str:
        return getattr(world.screener, stream)[0].value[name]

    return page_form("screener", stored)(f"{stream}-0-value-{name}")


for stream, name, kind in (
    ("questions", "label", "name"),
    ("questions", "why", "prose"),
    ("facts", "label", "name"),
    ("findings", "heading", "name"),
    ("findings", "body", "prose"),
):
    WAYS[f"screener: {stream} {name}"] = (kind, *in_screener(stream, name))  # type: ignore[assignment]


def record_form(
    address: Callable[[World], str], field: str, stored: Callable[[World], str], **more
) -> tuple[Any, Any]:
    """A form of the admin that stands on its own, with all its fields given."""

    def send(world: World, text: str) -> Any:
        return world.editor.post(address(world), {**more, field: text})

    return send, stored


@way("site name", "name")
def site_name() -> tuple[Any, Any]:
    def send(world: World, text: str) -> Any:
        site = Site.objects.get(is_default_site=True)
        return world.editor.post(
            reverse("wagtailsites:edit", args=[site.pk]),
            {
                "hostname": site.hostname,
                "port": site.port,
                "site_name": text,
                "root_page": site.root_page_id,
                "is_default_site": "on",
            },
        )

    return send, lambda world: Site.objects.get(is_default_site=True).site_name


@way("topic in the admin", "name")
def topic() -> tuple[Any, Any]:
    def one() -> Topic:
        return Topic.objects.order_by("pk").first()

    return (
        lambda world, text: world.editor.post(
            reverse("topics:edit", args=[one().pk]), {"name": text, "slug": one().slug}
        ),
        lambda world: one().name,
    )


@way("image: title", "name")
def image() -> tuple[Any, Any]:
    def send(world: World, text: str) -> Any:
        one = Image.objects.first()
        return world.editor.post(
            reverse("wagtailimages:edit", args=[one.pk]),
            {"title": text, "description": "", "tags": "", "collection": "1"},
        )

    return send, lambda world: Image.objects.first().title


@way("image: tags", "name")
def image_tags() -> tuple[Any, Any]:
    def send(world: World, text: str) -> Any:
        one = Image.objects.first()
        return world.editor.post(
            reverse("wagtailimages:edit", args=[one.pk]),
            {"title": "A", "description": "", "tags": f'"{text}"', "collection": "1"},
        )

    return send, lambda world: " ".join(Image.objects.first().tags.names())


@way("document: title", "name")
def document() -> tuple[Any, Any]:
    def send(world: World, text: str) -> Any:
        return world.editor.post(
            reverse("wagtaildocs:add"),
            {
                "title": text,
                "file": SimpleUploadedFile("a.txt", b"x"),
                "collection": "1",
                "tags": "",
            },
        )

    def stored(world: World) -> str:
        last = Document.objects.order_by("-pk").first()
        return last.title if last else ""

    return send, stored


@way("redirect", "name")
def redirect() -> tuple[Any, Any]:
    def stored(world: World) -> str:
        last = Redirect.objects.order_by("-pk").first()
        return last.old_path.removeprefix("/") if last else ""

    return (
        lambda world, text: world.editor.post(
            reverse("wagtailredirects:add"),
            {
                "old_path": f"/{text}",
                "site": "",
                "redirect_link": "https://example.org",
            },
        ),
        stored,
    )


@way("user: name", "name")
def user() -> tuple[Any, Any]:
    def send(world: World, text: str) -> Any:
        User = get_user_model()
        one = User.objects.get(username="admin")
        return world.editor.post(
            reverse("wagtailusers_users:edit", args=[one.pk]),
            {
                "username": "admin",
                "email": "a@example.org",
                "first_name": text,
                "last_name": "B",
                "is_active": "on",
                "is_superuser": "on",
            },
        )

    return send, lambda world: get_user_model().objects.get(username="admin").first_name


@way("collection", "name")
def collection() -> tuple[Any, Any]:
    root = 1

    def stored(world: World) -> str:
        last = Collection.objects.exclude(depth=1).order_by("-pk").first()
        return last.name if last else ""

    return (
        lambda world, text: world.editor.post(
            reverse("wagtailadmin_collections:add"), {"name": text, "parent": root}
        ),
        stored,
    )


@way("copy of a page: title", "name")
def copied() -> tuple[Any, Any]:
    def send(world: World, text: str) -> Any:
        page = world.article
        return world.editor.post(
            reverse("wagtailadmin_pages:copy", args=[page.pk]),
            {
                "new_title": text,
                "new_slug": f"copy-{abs(hash(text))}",
                "new_parent_page": world.ids["index"],
            },
        )

    def stored(world: World) -> str:
        return type(world.article).objects.order_by("-pk").first().title

    return send, stored


def scenario_way(field: str) -> tuple[Any, Any]:
    def send(world: World, text: str) -> Any:
        address = reverse("screening_scenarios:add", args=[world.ids["screener"]])
        html = world.editor.get(address).content.decode()
        data = querydict_from_html(html, form_id="ls-sc-form").dict()
        data |= {"name": f"Case {Scenario.objects.count()}", "save": "1", field: text}
        return world.editor.post(address, data)

    def stored(world: World) -> str:
        last = Scenario.objects.order_by("-pk").first()
        return getattr(last, field) if last else ""

    return send, stored


WAYS["scenario: name"] = ("name", *scenario_way("name"))
WAYS["scenario: note"] = ("prose", *scenario_way("note"))


def chart_csv(column: str) -> tuple[Any, Any]:
    def send(world: World, text: str) -> Any:
        chart = Chart.objects.get(key="statutes")
        name = chart.snippet_viewset.get_url_name("import")
        quoted = text.replace('"', '""')
        content = f'key,{column}\npc_245,"{quoted}"\n'.encode()
        address = reverse(name, args=[chart.pk])
        shown = world.editor.post(
            address, {"file": SimpleUploadedFile("a.csv", content)}
        )
        if shown.status_code != 200 or shown.context["found"].problems:
            return shown
        data = {
            "content": shown.context["content"],
            "base": shown.context["found"].base,
        }
        return world.editor.post(address, {**data, "publish": "0"})

    def stored(world: World) -> str:
        row = ChartRow.objects.get(key="pc_245").get_latest_revision_as_object()
        if column == "citations":
            return "\n".join(child.value["text"] for child in row.citations)
        return getattr(row, column)

    return send, stored


WAYS["chart CSV: label"] = ("name", *chart_csv("label"))
WAYS["chart CSV: checked by"] = ("name", *chart_csv("checked_by"))
WAYS["chart CSV: citations"] = ("prose", *chart_csv("citations"))


def scenario_csv(column: str, field: str) -> tuple[Any, Any]:
    def send(world: World, text: str) -> Any:
        address = reverse("screening_scenarios:import", args=[world.ids["screener"]])
        quoted = text.replace('"', '""')
        name = f"Row {Scenario.objects.count()}"
        row = f'"{quoted}"' if column == "Name" else f'{name},"{quoted}"'
        head = column if column == "Name" else f"Name,{column}"
        file = SimpleUploadedFile("a.csv", f"{head}\n{row}\n".encode())
        shown = world.editor.post(address, {"file": file})
        if shown.status_code != 200 or not shown.context["sheet"].planned:
            return shown
        context = shown.context
        data = {"content": context["content"], "state": context["state"], "apply": "1"}
        return world.editor.post(address, data)

    def stored(world: World) -> str:
        last = Scenario.objects.order_by("-pk").first()
        return getattr(last, field) if last else ""

    return send, stored


WAYS["scenario CSV: name"] = ("name", *scenario_csv("Name", "name"))
WAYS["scenario CSV: why"] = ("prose", *scenario_csv("Why", "note"))


def in_yaml(text: str) -> str:
    """Any character as YAML can write it."""
    return '"' + "".join(c if c in LETTERS else f"\\U{ord(c):08x}" for c in text) + '"'


def yaml_way(find: str, stored: Callable[[World], str]) -> tuple[Any, Any]:
    """A file that was exported, with one text (`name: text`) in it written anew."""

    def send(world: World, text: str) -> Any:
        out = reverse("screening_block_file", args=[world.ids["screener"], "draft"])
        if "yaml" not in world.forms:
            world.forms["yaml"] = world.editor.get(out).content.decode()
        line = f"{find.partition(':')[0]}: {in_yaml(text)}"
        content = world.forms["yaml"].replace(find, line, 1)
        assert content != world.forms["yaml"], find
        address = reverse("screening_block_take_in")
        file = SimpleUploadedFile("a.yaml", content.encode())
        shown = world.editor.post(address, {"file": file})
        if shown.status_code != 200:
            return shown
        data = {"content": shown.context["content"], "name": "a.yaml"}
        data["apply"] = shown.context["found"].state
        return world.editor.post(address, data)

    return send, stored


def threshold_draft() -> Any:
    return Threshold.objects.get(key="af_term").get_latest_revision_as_object()


WAYS["YAML: title"] = (
    "name",
    *yaml_way("title: Small screener", lambda world: world.screener.title),
)
WAYS["YAML: intro"] = (
    "prose",
    *yaml_way(
        "intro: A few questions. The line is {af_term}.",
        lambda world: world.screener.intro,
    ),
)
WAYS["YAML: label"] = (
    "name",
    *yaml_way(
        "label: Days for an aggravated felony", lambda world: threshold_draft().label
    ),
)
WAYS["YAML: citation"] = (
    "name",
    *yaml_way(
        "text: INA 101(a)(43)(F)",
        lambda world: threshold_draft().citations[0].value["text"],
    ),
)
WAYS["YAML: heading"] = (
    "name",
    *yaml_way(
        "heading: A long sentence may matter",
        lambda world: world.screener.findings[0].value["heading"],
    ),
)
