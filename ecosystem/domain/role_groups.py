"""The groups of the roles, made and completed after every migration; nothing is ever taken from them."""

from collections.abc import Iterator

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Model, Q

from ecosystem.domain import revisions
from ecosystem.domain.roles import ADMINISTRATOR, AUTHOR, EDITOR
from ecosystem.models import AuditEntry, Image, Suppression, User, index
from ecosystem.models.publishing import Publishable

# What only administrators see: accounts, and records that name people or orders of courts.
PRIVATE = (User, AuditEntry, Suppression)
EVERYTHING = ("view", "add", "change", "delete")


def ensure(app: AppConfig, using: str) -> None:
    """Let the groups hold at least what their roles need. Quietly: that a version begins is nobody's act."""
    # Django makes permissions after all migrations too, maybe later than this.
    for needed in (app, apps.get_app_config("auth")):
        create_permissions(needed, verbosity=0, using=using)
    for name, wanted in (
        (AUTHOR, _of_authors()),
        (EDITOR, _of_editors()),
        (ADMINISTRATOR, _of_administrators()),
    ):
        _complete(name, set(wanted), using)


def _complete(name: str, wanted: set[tuple[str, str]], using: str) -> None:
    group = Group.objects.using(using).filter(name=name).first()
    if group is None:
        (group,) = Group.objects.using(using).bulk_create([Group(name=name)])
    rows = Permission.objects.using(using).filter(codename__in=[codename for _app, codename in wanted])
    found = rows.filter(~Q(group=group)).select_related("content_type")
    link = Group.permissions.through
    link._default_manager.using(using).bulk_create(
        link(group_id=group.pk, permission_id=right.pk)
        for right in found
        if (right.content_type.app_label, right.codename) in wanted
    )


def _of_authors() -> Iterator[tuple[str, str]]:
    for model in _content():
        yield _right("view", model)
    for model in (*_publishable(), Image):
        yield _right("add", model)


def _of_editors() -> Iterator[tuple[str, str]]:
    yield from _of_authors()
    for model in _content():
        for action in model._meta.default_permissions:
            yield _right(action, model)


def _of_administrators() -> Iterator[tuple[str, str]]:
    yield from _of_editors()
    for action in EVERYTHING:
        yield _right(action, User)
        yield _right(action, Group)
    yield _right("view", AuditEntry)
    yield _right("view", Suppression)
    yield _right("add", Suppression)


def _content() -> Iterator[type[Model]]:
    """Every kind of record that editors see or write; pages that only the site writes refuse by themselves."""
    for model in apps.get_app_config("ecosystem").get_models():
        if model not in PRIVATE and model.__module__ != index.__name__:
            yield model


def _publishable() -> Iterator[type[Model]]:
    return (model for model in revisions.PARTS if issubclass(model, Publishable))


def _right(action: str, model: type[Model]) -> tuple[str, str]:
    return model._meta.app_label, f"{action}_{model._meta.model_name}"
