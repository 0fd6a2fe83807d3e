"""The three roles of a legal publisher, and the review that stands between them.

A **marketing editor** writes and sends for review, a **legal reviewer** reads and
approves (which publishes), a **site admin** runs the site. Nobody below the site admin
can publish past the review.
"""

from dataclasses import dataclass
from typing import Any

import swapper
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from .models import Chart, ChartRow, LegalReviewTask, Threshold

EDITOR = "Marketing editor"
REVIEWER = "Legal reviewer"
ADMIN = "Site admin"
REVIEW = "Legal review"

ACCESS = "wagtailadmin.access_admin"
RECALL = "screening_block.add_recall"
#: See what works in the background for others.
WORK = "plugins.view_job"

LAW = (Threshold, Chart, ChartRow)
#: Written and reviewed as the law is, where its app is installed.
HELP = "screening_help.helpentry"
#: Everything about what a site is made of; what is written in it comes by pages,
#: collections and `law`.
SITE = (
    "auth.group",
    "auth.user",
    "wagtailcore.locale",
    "wagtailcore.site",
    "wagtailcore.workflow",
    "wagtailcore.task",
    "wagtailredirects.redirect",
    "screening_block.legalreviewtask",
)


@dataclass(frozen=True)
class Role:
    """What a group may do: with pages (at the root), the law, files and the site.

    `kept`: with what a site leaves to its editors (SCREENING_KEPT_MODELS). `apart`:
    single rights that belong to none of these.
    """

    pages: tuple[str, ...]
    law: tuple[str, ...]
    files: tuple[str, ...] = ("choose",)
    site: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    apart: tuple[str, ...] = (ACCESS,)


ROLES = {
    EDITOR: Role(
        ("add", "change"),
        ("view", "add", "change"),
        ("add", "choose"),
        kept=("view", "add", "change", "delete"),
    ),
    REVIEWER: Role(
        ("change", "lock", "unlock"), ("view", "change"), apart=(ACCESS, RECALL)
    ),
    ADMIN: Role(
        ("add", "change", "publish", "bulk_delete", "lock", "unlock"),
        ("view", "add", "change", "delete", "publish", "lock", "unlock"),
        ("add", "change", "choose"),
        ("view", "add", "change", "delete"),
        ("view", "add", "change", "delete"),
        apart=(ACCESS, RECALL, WORK),
    ),
}


@transaction.atomic
def make_roles() -> list[str]:
    """Give the three groups exactly their rights, and put the review in place.

    Other groups are left alone. Returns the names of what was made or changed.
    """
    new = [model for model in _reviewed_models() if not _is_written(model)]
    changed = [name for name, role in ROLES.items() if _make_group(name, role)]
    return changed + ([REVIEW] if _make_review(new) else [])


def _reviewed_models() -> list[Any]:
    """What is written and reviewed: the law, help, and what the site adds to them."""
    labels = [HELP, *getattr(settings, "SCREENING_REVIEWED_MODELS", [])]
    installed = {model._meta.label_lower: model for model in apps.get_models()}
    return [*LAW, *(installed[label] for label in labels if label in installed)]


def _is_written(model: Any) -> bool:
    """Whether editors had the right to a model before: then its review is theirs."""
    codename = f"change_{model._meta.model_name}"
    return Permission.objects.filter(
        group__name=EDITOR,
        codename=codename,
        content_type__app_label=model._meta.app_label,
    ).exists()


def _make_group(name: str, role: Role) -> bool:
    group, made = Group.objects.get_or_create(name=name)
    changed = [
        _exactly(
            group.permissions,
            {_permission(label) for label in _model_permissions(role)} - {None},
        ),
        _exactly_at(
            GroupPagePermission,
            {"group": group, "page": _root_page()},
            {_page_permission(action) for action in role.pages},
        ),
        _exactly_at(
            GroupCollectionPermission,
            {"group": group, "collection": Collection.get_first_root_node()},
            {_permission(label) for label in _collection_permissions(role)} - {None},
        ),
    ]
    return made or any(changed)


def _model_permissions(role: Role) -> list[str]:
    labels = list(role.apart)
    names = [model._meta.label_lower for model in _reviewed_models()]
    labels += [
        name.replace(".", f".{action}_") for name in names for action in role.law
    ]
    labels += [
        label.replace(".", f".{action}_")
        for label in getattr(settings, "SCREENING_KEPT_MODELS", [])
        for action in role.kept
    ]
    for label in SITE:
        app, model = label.split(".")
        labels += [f"{app}.{action}_{model}" for action in role.site]
    return labels


def _collection_permissions(role: Role) -> list[str]:
    labels = [
        model.replace(".", f".{action}_")
        for model in ("wagtailimages.image", "wagtaildocs.document")
        for action in role.files
    ]
    managed = [action for action in role.site if action != "view"]
    return labels + [f"wagtailcore.{action}_collection" for action in managed]


def _permission(label: str) -> Permission | None:
    """A permission by `app.codename`; None where its app is not installed here."""
    app, codename = label.split(".")
    of_app = Permission.objects.filter(content_type__app_label=app)
    return of_app.filter(codename=codename).first()


def _page_permission(action: str) -> Permission:
    model = swapper.load_model("wagtailcore", "Page")
    return Permission.objects.get(
        content_type=ContentType.objects.get_for_model(model),
        codename=f"{action}_page",
    )


def _root_page() -> Any:
    return swapper.load_model("wagtailcore", "Page").get_first_root_node()


def _exactly(related: Any, wanted: set[Any]) -> bool:
    if set(related.all()) == wanted:
        return False
    related.set(wanted)
    return True


def _exactly_at(model: Any, place: dict[str, Any], wanted: set[Any]) -> bool:
    """Rows of `model` for one group: those at `place`, each with a `permission`."""
    rows = model.objects.filter(group=place["group"])
    there = rows.filter(**place)
    if rows.count() == len(wanted) and {row.permission for row in there} == wanted:
        return False
    rows.delete()
    for permission in wanted:
        model.objects.create(**place, permission=permission)
    return True


def _make_review(new: list[Any]) -> bool:
    """The review workflow, for all pages and for what is reviewed beside them.

    One that exists is left as it was made, but for kinds of records that are `new`.
    """
    if workflow := Workflow.objects.filter(name=REVIEW, active=True).first():
        return _put_under(workflow, new)
    task, _made = LegalReviewTask.objects.get_or_create(name=REVIEW, active=True)
    task.groups.add(Group.objects.get(name=REVIEWER))
    workflow = Workflow.objects.create(name=REVIEW)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(
        page=_root_page(), defaults={"workflow": workflow}
    )
    _put_under(workflow, _reviewed_models())
    return True


def _put_under(workflow: Workflow, models: list[Any]) -> bool:
    """Give records of these kinds the workflow; those that have one keep it."""
    made = [
        WorkflowContentType.objects.get_or_create(
            content_type=ContentType.objects.get_for_model(model),
            defaults={"workflow": workflow},
        )[1]
        for model in models
    ]
    return any(made)
