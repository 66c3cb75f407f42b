"""Loading the fixtures: what was never seeded is inserted, what an editor has touched stays as it is."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignKey, ManyToManyField, Model, UniqueConstraint
from django.utils import timezone

from ecosystem.domain import addresses, audit, figure_records, publishing, revisions
from ecosystem.domain.index import upkeep
from ecosystem.domain.seed_rows import Key, SeedRow, hidden_key, ledger_text, read_rows
from ecosystem.models import (
    PAGE_KINDS,
    Act,
    Citation,
    Contribution,
    FormerAddress,
    FormulaInput,
    Identifier,
    Observation,
    OrganizationName,
    OrganizationRelationship,
    Participation,
    SeededKey,
    Status,
    Suppression,
)
from ecosystem.models.base import AboutOnePage

# The item that a record is edited with, for the revision of that item.
OWNERS: dict[type[Model], str] = {
    Citation: "page",
    Contribution: "article",
    FormulaInput: "metric",
    Identifier: "organization",
    OrganizationName: "organization",
    OrganizationRelationship: "organization",
    Participation: "initiative",
}
SEEDABLE_STATUSES = (Status.DRAFT, Status.PUBLISHED)


@dataclass
class Report:
    """What a run did: counts by kind, and a line for everything that was left alone or left out."""

    seeded: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        return list(dict.fromkeys([*self.seeded, *self.kept, *self.skipped]))


def seed(directory: Path, *, check: bool = False) -> Report:
    """Load the fixtures of a directory in one transaction; with `check` everything is undone at the end.

    Raises UnusableFixtures or RowRefused, and then nothing is loaded.
    """
    rows = read_rows(directory)
    with transaction.atomic():
        run = _Run(timezone.now())
        with upkeep.gathered():
            for row in rows:
                run.take(row)
            run.finish()
        if check:
            transaction.set_rollback(True)
    return run.report


class _Gone(Exception):
    """A record that the row cannot do without was seeded once and is not there any more."""


class _Run:
    """One pass over the rows, with what it has found and made."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        self.report = Report()
        self.ledger = set(SeededKey.objects.values_list("kind", "key"))
        values = Suppression.objects.filter(subject=Suppression.Subject.VALUE)
        self.tombstones = set(values.values_list("metric__slug", "period"))
        self.entered: list[tuple[str, str]] = []
        self.made: dict[type[Model], dict[Key, Model]] = defaultdict(dict)
        self.present: dict[type[Model], set[Key]] = {}

    def take(self, row: SeedRow) -> None:
        if not self.ledger.isdisjoint(row.ledger_keys):
            self.report.skipped[row.kind] += 1
            return
        if row.key in self._present(row.model):
            self._keep(row, "an editor has made a record with this key")
            return
        if self._is_suppressed(row):
            self._keep(row, "a value of this metric and period was suppressed")
            return
        try:
            item, lists = self._build(row)
        except _Gone as gone:
            self._keep(row, str(gone))
            return
        if self._is_valid(row, item):
            self._store(row, item, lists)

    def finish(self) -> None:
        """What rests on the whole: references in texts, first revisions, the ledger."""
        pages = [
            item for model in self.made if model._meta.model_name in PAGE_KINDS for item in self._items(model)
        ]
        for page in pages:
            figure_records.record_references(page)
        figure_records.refresh_last_texts({value.metric for value in self._items(Observation)})
        changed = {item for model in self.made for item in self._changed(model)}
        revisions.record_many(changed, by=None, note="seeded")
        SeededKey.objects.bulk_create(SeededKey(kind=kind, key=key) for kind, key in self.entered)
        if count := self.report.seeded.total():
            audit.note(Act.SEED, by=None, detail=f"{count} records")

    def _items(self, model: type[Model]) -> Iterable[Model]:
        return self.made[model].values()

    def _changed(self, model: type[Model]) -> Iterable[Model]:
        """The items that a revision is due for: the new ones, and the owners of new parts."""
        if model in revisions.PARTS:
            return self._items(model)
        return [getattr(part, OWNERS[model]) for part in self._items(model)] if model in OWNERS else []

    def _present(self, model: type[Model]) -> set[Key]:
        """The keys of the model that stood in the database before this run, and those that lead to a renamed item."""
        if model not in self.present:
            self.present[model] = set(model.objects.values_list(*model.natural_key_fields))
            former = FormerAddress.objects.filter(kind=model._meta.model_name)
            self.present[model] |= set(former.values_list("slug"))
        return self.present[model]

    def _is_suppressed(self, row: SeedRow) -> bool:
        """Whether a value has a tombstone where the row would stand; its number may be the one that had to go."""
        if row.model is not Observation or not isinstance(row.fields.get("metric"), list):
            return False
        return (*row.fields["metric"], row.fields.get("period")) in self.tombstones

    def _keep(self, row: SeedRow, reason: str) -> None:
        self.report.kept[row.kind] += 1
        self.report.notes.append(f"{row.label}: not seeded, {reason}.")
        self.entered.append(row.ledger_key)

    def _build(self, row: SeedRow) -> tuple[Model, dict[str, list[Model]]]:
        item, lists = row.model(), {}
        for name, value in row.fields.items():
            column = row.model._meta.get_field(name)
            if isinstance(column, ManyToManyField):
                lists[name] = self._linked(row, column, value)
            elif isinstance(column, ForeignKey):
                setattr(item, name, self._link(row, column, value))
            elif name == "status":
                self._set_status(row, item, value)
            else:
                setattr(item, name, value)
        return item, lists

    def _set_status(self, row: SeedRow, item: Model, status: Any) -> None:
        if status not in SEEDABLE_STATUSES:
            raise row.refused("status", f"“{status}” cannot be seeded. Write draft or published.")
        if status == Status.PUBLISHED:
            publishing.begin_public(item, at=self.moment)

    def _linked(self, row: SeedRow, column: ManyToManyField, keys: list[list[str]]) -> list[Model]:
        found = [(key, self._find(row, column, key)) for key in keys]
        for key, target in found:
            if target is None:
                self.report.notes.append(f"{row.label}: {column.name} goes without {', '.join(key)}, {GONE}.")
        return [target for _key, target in found if target is not None]

    def _link(self, row: SeedRow, column: ForeignKey, key: list[str]) -> Model | None:
        target = self._find(row, column, key)
        if target is None:
            missing = f"{column.name} {', '.join(key)}, {GONE}"
            if not column.null or issubclass(row.model, AboutOnePage):
                raise _Gone(f"because it needs {missing}")
            self.report.notes.append(f"{row.label}: seeded without {missing}.")
        return target

    def _find(self, row: SeedRow, column: ForeignKey | ManyToManyField, key: list[str]) -> Model | None:
        """The record that a key names; None when it was seeded once and is gone. Raises for one never known."""
        model, wanted = column.related_model, tuple(key)
        if wanted in self.made[model]:
            return self.made[model][wanted]
        if len(wanted) == len(model.natural_key_fields):
            found = model.objects.filter(**dict(zip(model.natural_key_fields, wanted, strict=True))).first()
            former = None if found else addresses.former_address(model, wanted[0])
            if found or former:
                return found or former.item
            kind, text = model._meta.model_name, ledger_text(wanted)
            if not self.ledger.isdisjoint({(kind, text), (kind, hidden_key(kind, text))}):
                return None
        raise row.refused(
            column.name,
            f"there is no {model._meta.verbose_name} “{', '.join(key)}” in the rows before this one.",
        )

    def _is_valid(self, row: SeedRow, item: Model) -> bool:
        """Whether the item may be stored. Raises when it breaks a rule, unless an editor's record is in its way."""
        try:
            item.full_clean(validate_constraints=False)
            if self._is_taken(item):
                self._keep(row, "an editor has made a record that says the same")
                return False
            item.validate_constraints()
        except ValidationError as error:
            name, reasons = next(iter(error.message_dict.items()))
            raise row.refused(
                "(the row as a whole)" if name == "__all__" else name, " ".join(reasons)
            ) from error
        return True

    def _is_taken(self, item: Model) -> bool:
        """Whether a record that this run did not make leaves no room for this one."""
        model = type(item)
        if not self._present(model):
            return False
        made = [other.pk for other in self._items(model)]
        return any(
            _breaks(item, rule)
            and model.objects.exclude(pk__in=made)
            .filter(**{name: getattr(item, name) for name in rule.fields})
            .exists()
            for rule in model._meta.constraints
            if isinstance(rule, UniqueConstraint)
        )

    def _store(self, row: SeedRow, item: Model, lists: dict[str, list[Model]]) -> None:
        item.save(force_insert=True)
        for name, targets in lists.items():
            getattr(item, name).set(targets)
        self.made[row.model][row.key] = item
        self.entered.append(row.ledger_key)
        self.report.seeded[row.kind] += 1


GONE = "which was seeded once and has been renamed or deleted since"


def _breaks(item: Model, rule: UniqueConstraint) -> bool:
    try:
        rule.validate(type(item), item)
    except ValidationError:
        return True
    return False
