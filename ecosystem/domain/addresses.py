"""Who stood at an address before, and whether a slug is free for an item."""

import re
from collections.abc import Iterable

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from ecosystem.models import ADDRESSED_KINDS, FormerAddress

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class AddressError(ValidationError):
    """The slug cannot be given to the item; the message says what to do."""


class FormerlyAnothersError(AddressError):
    """The slug still leads to another item, which may be freed of it."""


def former_address(model: type[Model], slug: str) -> FormerAddress | None:
    """The row that says who stood at the slug before; None where nobody did."""
    kind = model._meta.model_name
    if kind not in ADDRESSED_KINDS or not slug:
        return None
    return FormerAddress.objects.filter(kind=kind, slug=slug).select_related(kind).first()


def moved_slugs(kind: str, slugs: Iterable[str]) -> dict[str, str]:
    """The present slugs of what stood at these before, by the former ones, of items that readers have a page of."""
    asked = [slug for slug in slugs if SLUG.fullmatch(slug)]
    if not asked:
        return {}
    rows = _items(kind).filter(former_addresses__kind=kind, former_addresses__slug__in=asked)
    return dict(rows.values_list("former_addresses__slug", "slug"))


def _items(kind: str, *, for_editors: bool = False) -> QuerySet:
    rows = apps.get_model("ecosystem", kind).objects.all()
    return rows.addressable() if hasattr(rows, "addressable") and not for_editors else rows


def moved_item(kind: str, slug: str, *, for_editors: bool = False) -> Model | None:
    """The item that stood at the slug before, if readers have a page of it, be it the notice of a withdrawal.

    Editors see those of any state.
    """
    rows = _items(kind, for_editors=for_editors)
    return rows.filter(former_addresses__kind=kind, former_addresses__slug=slug).exclude(slug=slug).first()


def leads_elsewhere(item: Model, slug: str) -> str:
    """What an editor is told who wants to give the item a slug that leads to another one; empty where it is free."""
    former = former_address(type(item), slug)
    if former is None or former.item == item:
        return ""
    text = _("“%(slug)s” is a former address of “%(item)s” and leads there.")
    return text % {"slug": slug, "item": former.item}


def check_slug(item: Model, slug: str, *, frees: bool) -> None:
    """Raise AddressError when the item cannot have the slug; with `frees` it may be taken from a former address."""
    if slug == item.slug:
        raise AddressError(_("This is its address already."))
    if not SLUG.fullmatch(slug):
        raise AddressError(_("Write small letters, digits and hyphens, such as fudan-university."))
    others = {field.name for field in item._meta.concrete_fields} - {"slug"}
    renamed = type(item)(pk=item.pk, slug=slug)
    renamed._state.adding = False
    try:
        renamed.clean_fields(exclude=others)
        renamed.validate_unique(exclude=others)
        renamed.validate_constraints(exclude=others)
    except ValidationError as error:
        raise AddressError(error.messages) from error
    why = "" if frees else leads_elsewhere(item, slug)
    if why:
        raise FormerlyAnothersError(why)
