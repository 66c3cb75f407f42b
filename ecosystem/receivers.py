"""Saving and deleting records keeps the index: in the same transaction, whoever does it."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save, pre_delete, pre_save

from ecosystem.domain import accounts, role_groups
from ecosystem.domain.index.numbers import KINDS, document_of
from ecosystem.domain.index.upkeep import refresh
from ecosystem.models import (
    Citation,
    Event,
    EventSeries,
    Identifier,
    Organization,
    OrganizationName,
    Source,
    Topic,
)

PARTS = (OrganizationName, Identifier, Citation)  # of an organization
# What of a source says how well the pages that cite it are supported.
EVIDENCE = ("status", "published_at", "access")


def connect() -> None:
    """Once, when the application is ready."""
    for model in KINDS:
        post_save.connect(page_changed, sender=model)
        post_delete.connect(page_changed, sender=model)
    for model in PARTS:
        post_save.connect(part_changed, sender=model)
        post_delete.connect(part_changed, sender=model)
    m2m_changed.connect(topics_changed, sender=Organization.topics.through)
    pre_delete.connect(topic_about_to_go, sender=Topic)
    post_save.connect(series_saved, sender=EventSeries)
    pre_save.connect(source_about_to_change, sender=Source)
    accounts.connect()
    post_migrate.connect(roles_due, sender=apps.get_app_config("ecosystem"))


def roles_due(sender: AppConfig, using: str, **_options: Any) -> None:
    """A migration may have made kinds of records that the roles have to do with."""
    role_groups.ensure(sender, using)


def page_changed(sender: type[Model], instance: Model, **_options: Any) -> None:
    refresh({document_of(sender, instance.pk), *getattr(instance, "also_indexed", ())})


def part_changed(instance: Model, **_options: Any) -> None:
    if instance.organization_id:
        refresh([instance.organization_id])


def topics_changed(
    instance: Model, action: str, reverse: bool, pk_set: set[int] | None, **_options: Any
) -> None:
    """An organization is filed under other topics, or a topic gets other organizations."""
    if action == "pre_clear" and reverse:
        instance.also_indexed = organizations_of(instance)
    if action.startswith("post_"):
        refresh([instance.pk] if not reverse else pk_set or getattr(instance, "also_indexed", ()))


def topic_about_to_go(instance: Topic, **_options: Any) -> None:
    """The database takes the topic from its organizations without a word."""
    instance.also_indexed = organizations_of(instance)


def organizations_of(topic: Topic) -> list[int]:
    return list(topic.organizations.values_list("pk", flat=True))


def series_saved(instance: EventSeries, **_options: Any) -> None:
    """Its short name is one by which its events are found."""
    refresh(document_of(Event, key) for key in instance.events.values_list("pk", flat=True))


def source_about_to_change(instance: Source, **_options: Any) -> None:
    """Whether a source is public and opened counts for every organization that cites it."""
    before = Source.objects.filter(pk=instance.pk).values_list(*EVIDENCE).first()
    instance.also_indexed = []
    if before and before != tuple(getattr(instance, name) for name in EVIDENCE):
        cited = Citation.objects.filter(source=instance.pk).exclude(organization=None)
        instance.also_indexed = list(cited.values_list("organization_id", flat=True))
