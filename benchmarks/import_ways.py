"""The ways of taking a file of organizations that are compared, each with the same rules and the same records."""

import json
from collections.abc import Callable
from functools import partial
from itertools import groupby
from pathlib import Path

import tablib
from django.core.management import call_command
from django.utils import timezone
from import_export import fields, resources

from ecosystem import receivers
from ecosystem.domain import publishing, revisions
from ecosystem.domain.import_kinds import read_kinds
from ecosystem.domain.import_reading import look_over
from ecosystem.domain.import_rows import Entry, Reader
from ecosystem.domain.import_slugs import slugs_for
from ecosystem.domain.import_writing import NOTE
from ecosystem.domain.importing import Told, import_organizations
from ecosystem.domain.index import rebuilding, upkeep
from ecosystem.models import Identifier, Organization, OrganizationName, Revision, SeededKey
from ecosystem.values.sounds import spaced


def prepare() -> None:
    """An empty database; the index of the directory is left out on both sides, since it is measured by itself."""
    call_command("migrate", verbosity=0)
    spaced("上海")  # reads its dictionaries once in a process
    rebuilding.rebuild = upkeep.refresh = receivers.refresh = lambda *numbers, **options: None


def ours(path: Path) -> Callable[[], None]:
    def run() -> None:
        silent = Told(*[lambda *told: None] * 4)
        import_organizations(look_over(path), read_kinds(), silent, commit=True, draft=False)

    return run


def theirs(path: Path, *, in_bulk: bool) -> Callable[[], None]:
    """What the rows say beyond the columns of the organization is known before the clock runs."""
    table = look_over(path)
    reader = Reader(table, read_kinds())
    entries = [reader.read(line) for line in table.lines()]
    slugs = dict(zip((f"{e.scheme}:{e.key}" for e in entries), slugs_for(entries), strict=True))

    def run() -> None:
        kind = BulkResource if in_bulk else OrganizationResource
        resource = kind(slugs, {f"{e.scheme}:{e.key}": e for e in entries})
        dataset = tablib.Dataset().load(path.read_text(encoding="utf-8"), format="csv")
        dataset.append_col([slugs[key] for key in dataset["id"]], header="slug")
        result = resource.import_data(dataset, raise_errors=True, use_transactions=True)
        assert not result.has_validation_errors()

    return run


class OrganizationResource(resources.ModelResource):
    """One row after the other, with the child records in the hook for them."""

    slug = fields.Field("slug", "slug")

    class Meta:
        model = Organization
        fields = ("slug", "name", "name_zh", "kind", "founded", "website")
        import_id_fields = ("slug",)
        clean_model_instances = True
        skip_diff = True
        report_skipped = False

    def __init__(self, slugs: dict[str, str], entries: dict[str, Entry]) -> None:
        super().__init__()
        self.entries, self.moment = entries, timezone.now()
        self.by_slug = {slug: entries[key] for key, slug in slugs.items()}

    def before_import_row(self, row, **kwargs):
        row["kind"] = self.entries[row["id"]].kind

    def get_instance(self, instance_loader, row):
        """The organization that has the identifier; the row then leaves it as it is."""
        scheme, _, value = row["id"].partition(":")
        found = Identifier.objects.filter(scheme=scheme, value=value).select_related("organization").first()
        return found and found.organization

    def skip_row(self, instance, original, row, import_validation_errors=None):
        return instance.pk is not None

    def before_save_instance(self, instance, row, **kwargs):
        publishing.begin_public(instance, at=self.moment)

    def after_save_instance(self, instance, row, **kwargs):
        for part in self.parts(instance):
            part.full_clean()
            part.save()
        revisions.record(instance, by=None, note=NOTE)

    def parts(self, instance):
        entry = self.by_slug[instance.slug]
        for kind, text, language in entry.names:
            yield OrganizationName(organization=instance, text=text, language=language, kind=kind)
        yield Identifier(organization=instance, scheme=entry.scheme, value=entry.key)
        yield SeededKey(kind="identifier", key=f"{entry.scheme} | {entry.key}")


class BulkResource(OrganizationResource):
    """In batches, as far as the library goes: child records after each batch, in bulk too."""

    class Meta(OrganizationResource.Meta):
        use_bulk = True
        batch_size = 1000

    def bulk_create(self, using_transactions, dry_run, raise_errors, batch_size=None, result=None):
        made = list(self.create_instances)
        super().bulk_create(using_transactions, dry_run, raise_errors, batch_size=batch_size, result=result)
        parts = [part for instance in made for part in self.parts(instance)]
        for part in parts:
            part.full_clean(validate_unique=False, validate_constraints=False)
        for model, group in groupby(sorted(parts, key=lambda part: part._meta.model_name), key=type):
            model.objects.bulk_create(group)
        for start in range(0, len(made), batch_size or 1000):
            revisions.record_many(made[start : start + (batch_size or 1000)], by=None, note=NOTE)

    def after_save_instance(self, instance, row, **kwargs):
        """Nothing is stored yet when this is called."""


WAYS = {"ours": ours, "one by one": partial(theirs, in_bulk=False), "bulk": partial(theirs, in_bulk=True)}


def tables() -> str:
    """All that was written, without keys of records and moments."""
    organizations = list(Organization.objects.order_by("slug").values())
    names = {one["id"]: one["slug"] for one in organizations}
    rows = [{key: value for key, value in one.items() if key != "id"} for one in organizations]
    for model in (OrganizationName, Identifier):
        children = model.objects.order_by("organization__slug", *model._meta.ordering).values()
        rows += [{**child, "id": 0, "organization_id": names[child["organization_id"]]} for child in children]
    rows += list(SeededKey.objects.filter(kind="identifier").order_by("key").values("kind", "key"))
    kept = Revision.objects.order_by("kind", "key").values("kind", "key", "data", "author_id", "note")
    return json.dumps([without_moments(row) for row in [*rows, *kept]], default=str)


def without_moments(value):
    if isinstance(value, dict):
        return {k: without_moments(v) for k, v in value.items() if not k.endswith("_at") and k != "pk"}
    return [without_moments(one) for one in value] if isinstance(value, list) else value
