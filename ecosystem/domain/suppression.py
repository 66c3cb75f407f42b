"""Suppression: the one lawful way in which something leaves the site for good; a dated tombstone stays."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Unpack

from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ecosystem.domain import audit, figure_records, missed_searches, revisions, unsaved_forms, wording
from ecosystem.domain.index import forgetting
from ecosystem.domain.suppressed_pictures import delete_files, files_of, pages_showing, same_pictures, unlink
from ecosystem.domain.suppressed_records import Place, label_of, log_of, parts_of, places_of, states_of
from ecosystem.domain.suppressed_texts import cut_out, hide_keys
from ecosystem.domain.suppressed_values import mend, number_cutter, same_values
from ecosystem.domain.tombstones import Order, Said, SuppressionError
from ecosystem.models import PAGE_KINDS, ChangeNote, Image, Metric, Observation, SeededKey, Suppression, User
from ecosystem.values.cutting import Cutter
from ecosystem.values.languages import CHINESE, ENGLISH

SHORTEST_PASSAGE = 4


@transaction.atomic
def suppress_value(
    observation: Observation, *, also: Iterable[Place] = (), **said: Unpack[Said]
) -> Suppression:
    """Take a value off for good, with every value for its period that says the same and all that told its number.

    The texts of the metric and of its other values lose the number by themselves; `also` are further places, of those
    that `places_of_value` lists. Raises AdministratorsOnlyError or SuppressionError, and then nothing has changed.
    """
    order = Order(**said)
    values = _locked(observation)
    cutter = number_cutter(values)
    order.check(cutter)
    metric, period = values[0].metric, values[0].period
    for value in values:
        value.refresh_from_db()  # the one before may have been replaced by it
        mend(value, notice=order.notice.strip())
        _forget(value, cutter)
    stone = order.bury(subject=Suppression.Subject.VALUE, metric=metric, period=period)
    for place in _once([*own_places(metric), *also]):
        cut_out(place, cutter)
    figure_records.forget_values([metric])
    metric.refresh_from_db()
    _announce(metric, stone, order.by)
    forgetting.forget("")
    missed_searches.forget(cutter.stands_in)
    audit.forget_words(cutter.stands_in)
    unsaved_forms.forget(cutter.stands_in)
    transaction.on_commit(cache.clear)
    return stone


@transaction.atomic
def suppress_text(item: Model, text: str, *, also: Iterable[Place] = (), **said: Unpack[Said]) -> Suppression:
    """Take a passage out of an item, its parts and its past; `also` are further places, of those `places_of` lists.

    Raises AdministratorsOnlyError or SuppressionError, and then nothing has changed.
    """
    order = Order(**said)
    cutter = passage_cutter(text)
    order.check(cutter)
    if not cut_out(place_of(item), cutter):
        raise SuppressionError(_("These words do not stand there. Copy them exactly, without markup."))
    for place in _once(also):
        cut_out(place, cutter)
    item.refresh_from_db()
    stone = order.bury(subject=Suppression.Subject.TEXT, address=_address(item), **_measured(item))
    _announce(item, stone, order.by)
    if isinstance(item, Observation):
        _announce(item.metric, stone, order.by)
    forgetting.forget(text)
    missed_searches.forget_passage(text)
    audit.forget_words(cutter.stands_in)
    unsaved_forms.forget(cutter.stands_in)
    transaction.on_commit(cache.clear)
    return stone


@transaction.atomic
def suppress_picture(image: Image, **said: Unpack[Said]) -> Suppression:
    """Take a picture off for good: its file, all renditions, its records, and the place that it had on pages.

    Raises AdministratorsOnlyError or SuppressionError, and then nothing has changed; FilesRemainError when only the
    storage refused.
    """
    order = Order(**said)
    order.check()
    images = same_pictures(image)
    storage, names = files_of(images)
    pages = pages_showing(images)
    unlink(images)
    for entry in log_of(label_of(one) for one in images):
        entry.delete()
    audit.forget_items(images)
    Image.objects.filter(pk__in=[one.pk for one in images]).delete()
    address = _address(pages[0]) if pages else ""
    stone = order.bury(subject=Suppression.Subject.PICTURE, address=address)
    for page in pages:
        page.refresh_from_db()
        _announce(page, stone, order.by)
    transaction.on_commit(cache.clear)
    transaction.on_commit(partial(delete_files, storage, names))
    return stone


def rehearse(act: Callable[[], object]) -> None:
    """Do it and undo it, so that what would be refused is refused before anybody confirms it."""
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


def passage_cutter(text: str) -> Cutter:
    """Finds the passage. Raises SuppressionError for one that is too short to be meant."""
    words = " ".join(text.split())
    if len(words) < SHORTEST_PASSAGE:
        raise SuppressionError(
            _("Give at least %(count)d characters: fewer stand in too many words.")
            % {"count": SHORTEST_PASSAGE}
        )
    return Cutter([words])


def place_of(item: Model) -> Place:
    return Place(type(item), str(item.pk), item, ())


def own_places(metric: Model) -> list[Place]:
    """Where the number of one of its values is told by the site itself: the metric's texts, its other values."""
    return [place_of(metric), *map(place_of, metric.observations.order_by("pk"))]


def places_of_value(observation: Observation) -> list[Place]:
    """Every place where the number of the value stands in words, besides the values that are the number."""
    values = same_values(observation)
    gone = {place_of(value).key for value in values}
    return [place for place in places_of(number_cutter(values)) if place.key not in gone]


def _locked(observation: Observation) -> Sequence[Observation]:
    # Without joins: PostgreSQL reads the locked row anew after waiting, joined rows not.
    stored = Observation.objects.select_for_update().filter(pk=observation.pk).first()
    if stored is None:
        raise SuppressionError(_("This value is gone already."))
    return same_values(stored)


def _forget(value: Observation, cutter: Cutter) -> None:
    """Delete the value with its stored states and its log; the seed will not bring it back."""
    labels = [label_of(value), *map(label_of, parts_of(value))]
    for entry in log_of(labels):
        entry.delete()
    for state in states_of(Observation, str(value.pk)):
        state.delete()
    kind, key = Observation._meta.model_name, str(value.uid)
    value.delete()
    SeededKey.objects.get_or_create(kind=kind, key=key)
    hide_keys({Observation}, cutter)


def _once(places: Iterable[Place]) -> list[Place]:
    return list({place.key: place for place in places}.values())


def _address(item: Model) -> str:
    """Where readers met it; empty where they could not."""
    if getattr(item, "published_at", None) is None and hasattr(item, "published_at"):
        return ""
    with override(ENGLISH):
        return item.get_absolute_url() if hasattr(item, "get_absolute_url") else ""


def _measured(item: Model) -> dict[str, object]:
    """The metric that it belongs to, so that the feeds of changes tell of it, and its period."""
    if isinstance(item, Observation):
        return {"metric": item.metric, "period": item.period}
    return {"metric": item} if isinstance(item, Metric) else {}


def _announce(item: Model, stone: Suppression, by: User) -> None:
    """Say on the page that something was taken off, and keep its present state."""
    kind = item._meta.model_name
    if kind in PAGE_KINDS and item.published_at is not None:
        text, text_zh = _sentence(stone, ENGLISH), _sentence(stone, CHINESE)
        note = ChangeNote(**{kind: item}, happened_on=timezone.localdate(), text=text, text_zh=text_zh)
        note.full_clean()
        note.save()
    if type(item) in revisions.PARTS:
        revisions.record(item, by=by, note=_("something was suppressed"))


def _sentence(stone: Suppression, language: str) -> str:
    with override(language):
        notice = wording.notice_of(stone)
        if not stone.period:
            return notice
        return _("%(period)s: %(notice)s") % {"period": wording.period_label(stone.period), "notice": notice}
