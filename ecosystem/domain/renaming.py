"""Renaming: an item gets another address, the old one leads to it, and whatever named it names it still."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from ecosystem.domain import audit, figure_records, renamed_records, revisions, roles
from ecosystem.domain.addresses import check_slug
from ecosystem.domain.figures import rich_text_fields
from ecosystem.domain.index import upkeep
from ecosystem.models import PAGE_KINDS, Act, FormerAddress, Source, User
from ecosystem.values.addresses import Address


def address_of(item: Model) -> Address:
    return Address(item._meta.model_name, item.slug, settings.SITE_URL)


def rename(item: Model, slug: str, *, by: User | None, frees: bool = False) -> list[Model]:
    """Give the item another slug for good; answers the items whose texts were changed with it.

    The old slug leads to the item from now on. With `frees` the new one may be taken away from an item that stood there
    before. Raises AddressError, and then nothing has changed.
    """
    slug = slug.strip()
    with transaction.atomic(), upkeep.gathered():
        stored = type(item).objects.select_for_update().get(pk=item.pk)
        roles.require(by, Act.CHANGE, stored)
        check_slug(stored, slug, frees=frees)
        old = address_of(stored)
        _leave(stored, slug, by)
        stored.slug = slug
        stored.save(update_fields=["slug"])
        pages = _move_in_texts(old, slug)
        stored.refresh_from_db()  # its own texts may have named it
        renamed_records.move_in_states(stored, old, slug)
        renamed_records.move_in_ledger(stored, old, slug)
        renamed_records.move_signatures(old, slug)
        renamed_records.move_tombstones(old, slug)
        said = {"old": old.slug, "new": slug}
        note = _("address changed from %(old)s to %(new)s") % said
        revisions.record(stored, by=by, note=note)
        audit.note(Act.CHANGE, stored, by=by, detail=note)
        others = [page for page in pages if page != stored]
        revisions.record_many(others, by=by, note=_("follows the address of %(new)s, before %(old)s") % said)
    item.refresh_from_db()
    return pages


def naming(address: Address) -> Iterator[Model]:
    """The items whose texts name the item at this address, of every kind and state; a query for each kind."""
    for model, names in written():
        rows = model.objects.filter(_may_name(address, names)).order_by("pk")
        for page in rows:
            if any(address.is_named_in(getattr(page, name)) for name in names):
                yield page


def written() -> Iterator[tuple[type[Model], list[str]]]:
    """Every kind of item with rich texts, and their fields."""
    for model in apps.get_app_config("ecosystem").get_models():
        if names := rich_text_fields(model):
            yield model, names


def _may_name(address: Address, names: Iterable[str]) -> Q:
    return reduce(or_, (Q(**{f"{name}__contains": trace}) for name in names for trace in address.traces))


def _leave(item: Model, slug: str, by: User | None) -> None:
    """Whoever stood at the new slug does so no more, and the one that is left leads to the item."""
    kind = item._meta.model_name
    FormerAddress.objects.filter(kind=kind, slug__in=[slug, item.slug]).delete()
    FormerAddress.objects.create(kind=kind, slug=item.slug, left_by=by, **{kind: item})


def _move_in_texts(old: Address, slug: str) -> list[Model]:
    """Let every text name the new slug; readers see the same words, so the pages do not count as updated."""
    if old.kind == Source._meta.model_name:
        figure_records.follow_source(old.slug, slug)
    pages = list(naming(old))
    for page in pages:
        names = rich_text_fields(page)
        for name in names:
            setattr(page, name, old.moved_in(getattr(page, name), slug))
        page.save(update_fields=names)
        if page._meta.model_name in PAGE_KINDS:
            figure_records.record_references(page)
    return pages
