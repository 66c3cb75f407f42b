"""The items of a set as its page shows them: where each stands, what changes with it, what stands in its way."""

from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.admin import AdminSite
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from ecosystem.admin.checklist import REASON, Row, field_label
from ecosystem.domain import checklist, revisions, sets, state_differences, working_copies
from ecosystem.domain.checklist import Finding
from ecosystem.domain.set_members import items_of
from ecosystem.domain.state_differences import Difference
from ecosystem.domain.state_names import Names
from ecosystem.models import PublishingSet, SetMember, Status, User
from ecosystem.models.publishing import Publishable

__all__ = ["REASON", "SetRow", "rows_of"]


@dataclass(frozen=True, slots=True)
class SetRow:
    """One item. why: what stands in its way besides what the checks found."""

    member: SetMember
    item: Publishable | None
    kind: str
    address: str = ""
    state: str = ""
    state_label: str = ""
    is_next: bool = False
    difference: Difference | None = None
    why: str = ""
    findings: list[Row] = field(default_factory=list)

    @property
    def unsigned(self) -> list[Row]:
        return [row for row in self.findings if row.finding.level == "warning"]

    @property
    def errors(self) -> list[Row]:
        return [row for row in self.findings if row.finding.level == "error"]


def rows_of(found: PublishingSet, *, by: User, site: AdminSite) -> list[SetRow]:
    """The rows of a set; what stands in the way is asked with all of its items in place."""
    pairs = items_of(found.members.all())
    if not found.is_open:
        return [_row(member, item, site) for member, item in pairs]
    states = {member.pk: _states(item) for member, item in pairs if item}
    names = Names([state for pair in states.values() for state in pair])
    refusals = {}
    with sets.in_place(found, by=by) as refused:
        refusals = {(one.item._meta.model_name, one.item.pk): one for one in refused}
    rows = []
    for member, item in items_of(found.members.all()):
        difference = state_differences.compare(*states[member.pk], names=names) if item else None
        refusal = refusals.get((member.kind, member.item_id))
        rows.append(_row(member, item, site, difference=difference, refusal=refusal))
    return rows


def _states(item: Publishable) -> tuple[list | None, list]:
    """What readers see, none of a draft, and what they will see."""
    now, copy = revisions.snapshot(item), working_copies.of(item)
    if copy:
        return (now if item.is_public else None), copy.latest.data
    return None, now


def _row(
    member: SetMember,
    item: Publishable | None,
    site: AdminSite,
    *,
    difference: Difference | None = None,
    refusal: sets.Refusal | None = None,
) -> SetRow:
    kind = str(capfirst(apps.get_model("ecosystem", member.kind)._meta.verbose_name))
    if item is None:
        why = gettext("It was deleted. Take it out of the set.")
        return SetRow(member, None, kind, why=why if member.is_open else "")
    address = reverse(f"{site.name}:ecosystem_{member.kind}_change", args=[item.pk])
    state = sets.stage_of(item)
    findings = [_finding(item, one, address) for one in refusal.findings] if refusal else []
    return SetRow(
        member,
        item,
        kind,
        address,
        state,
        str(Status(state).label),
        item.is_public and member.is_open,
        difference,
        refusal.why if refusal and not findings else "",
        findings,
    )


def _finding(item: Publishable, finding: Finding, address: str) -> Row:
    label = field_label(item, finding.field)
    language = "zh-Hans" if finding.field.endswith("_zh") else "en"
    where = f"{address}#id_{finding.field}" if label else address
    return Row(finding, str(checklist.CHECKS[finding.check].label), label, language, where)
