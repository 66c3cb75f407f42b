"""The page before publishing: what forbids it, what wants a signed reason, what is only worth knowing."""

from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.ripples import is_sent
from ecosystem.admin.verbs import CHECKED, VERBS, Verb
from ecosystem.domain import checklist, sets, working_copies
from ecosystem.domain.checklist import ChecklistError, Finding, Level
from ecosystem.domain.wording import listed
from ecosystem.models import SignedWarning
from ecosystem.models.publishing import Publishable

SIGNING = {"publish": _("Sign and publish"), "schedule": _("Sign and schedule")}
REASON = "reason-"  # before the key of a finding: the name of the box for its reason


@dataclass(frozen=True, slots=True)
class Row:
    """A finding as the page shows it. reason, error: what was typed into its box, and what is wrong with that."""

    finding: Finding
    check: str
    field: str
    language: str
    address: str
    signature: SignedWarning | None = None
    reason: str = ""
    error: str = ""

    @property
    def box(self) -> str:
        return f"{REASON}{self.finding.key}"


@dataclass(frozen=True, slots=True)
class Rows:
    """The findings of an item, by what an editor has to do about them."""

    errors: list[Row]
    unsigned: list[Row]
    signed: list[Row]
    notes: list[Row]

    @property
    def is_open(self) -> bool:
        return bool(self.errors or self.unsigned)

    @property
    def counts(self) -> str:
        """How many there are of each, in words; empty where there is nothing."""
        errors, unsigned, notes = len(self.errors), len(self.unsigned), len(self.notes)
        said = (
            (errors, ngettext("%(count)d error", "%(count)d errors", errors)),
            (unsigned, ngettext("%(count)d warning to sign", "%(count)d warnings to sign", unsigned)),
            (notes, ngettext("%(count)d note", "%(count)d notes", notes)),
        )
        return listed([text % {"count": count} for count, text in said if count])


class ChecklistMixin:
    """The checklist of an admin of publishable items: its page, its panel in the form, and the way to it."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.checklist_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_checklist"
        return [path("<int:pk>/checklist/", view, name=name), *super().get_urls()]

    def checklist_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        item = self.get_object(request, str(pk))
        if item is None:
            raise Http404
        if not self.has_view_or_change_permission(request, item):
            raise PermissionDenied
        # Who comes from a verb is told what stands in its way alone; everybody else, what its set leaves.
        in_set = None if "verb" in (request.POST or request.GET) else self.set_of(request, item)
        verb = None if in_set else self._asked_verb(request, item)
        if request.method == "POST" and not verb:
            raise PermissionDenied
        form = verb.question(request.POST or request.GET) if verb else None
        if verb and verb.asks and not form.is_valid():
            return HttpResponseRedirect(self._verb_url(item, verb))
        with sets.others_in_place(item) if in_set else nullcontext():
            rows = self.checklist_rows(item, request.POST if is_sent(request) else None)
        if is_sent(request):
            answer = self._sign_and_act(request, item, verb, rows, getattr(form, "cleaned_data", {}))
            if answer:
                return answer
            rows = self.checklist_rows(item, request.POST)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Before publishing"),
            "opts": self.opts,
            "item": item,
            "rows": rows,
            "verb": verb,
            "form": form,
            "in_set": self.set_panel(request, item) if in_set else {},
            "back": self._change_url(item),
            "label": str(verb.label).rstrip("…") if verb else "",
            "signing_label": SIGNING[verb.name] if verb else "",
        }
        return TemplateResponse(request, "admin/ecosystem/checklist.html", context)

    def _asked_verb(self, request: HttpRequest, item: Publishable) -> Verb | None:
        """The verb that led here, or publishing; None where the editor cannot do it now."""
        name = (request.POST or request.GET).get("verb", "publish")
        verb = VERBS[name] if name in CHECKED else None
        return (
            verb
            if verb and verb.is_possible(item, working_copies.of(item)) and self.may_publish(request, item)
            else None
        )

    def _sign_and_act(
        self, request: HttpRequest, item: Publishable, verb: Verb, rows: Rows, answers: dict[str, Any]
    ) -> HttpResponse | None:
        """Sign what has a reason and do it; None where something is still to be done, which the page then says."""
        given = {row.finding.key: row.reason for row in rows.unsigned if not row.error}
        if rows.errors or len(given) == len(rows.unsigned):
            found = [row.finding for row in rows.unsigned]
            checklist.sign_all(item, given, by=request.user, found=found)
        if rows.errors:
            if given:
                self.message_user(request, gettext("The reasons are kept. Put the errors right first."))
            return None
        if len(given) < len(rows.unsigned):
            return None
        try:
            asked = self._act(request, item, verb, **answers)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return None
        if asked:
            return asked
        said = {"item": item, "done": verb.done}
        self.message_user(request, gettext("“%(item)s”: %(done)s.") % said, messages.SUCCESS)
        return HttpResponseRedirect(self._change_url(item))

    def checklist_rows(self, item: Publishable, typed: Any = None) -> Rows:
        """What the checks find in the item, or in its next version, with what was typed into the boxes."""
        if working_copies.of(item) is None:
            return self._rows_of(item, typed)
        with working_copies.in_place(item) as (next_version, _lost):
            return self._rows_of(next_version, typed)

    def _rows_of(self, item: Publishable, typed: Any = None) -> Rows:
        found = checklist.findings(item)
        signed = checklist.signatures(item, found)
        rows = [self._row(item, finding, signed.get(finding.key), typed) for finding in found]
        warnings = [row for row in rows if row.finding.level is Level.WARNING]
        return Rows(
            errors=[row for row in rows if row.finding.level is Level.ERROR],
            unsigned=[row for row in warnings if not row.signature],
            signed=[row for row in warnings if row.signature],
            notes=[row for row in rows if row.finding.level is Level.NOTE],
        )

    def _row(self, item: Publishable, finding: Finding, signature: SignedWarning | None, typed: Any) -> Row:
        reason, error = "", ""
        if typed is not None and finding.level is Level.WARNING:
            reason = typed.get(f"{REASON}{finding.key}", "").strip()
            error = _problem(reason)
        label = field_label(item, finding.field)
        address = f"{self._change_url(item)}#id_{finding.field}" if label else self._change_url(item)
        check = str(checklist.CHECKS[finding.check].label)
        language = "zh-Hans" if finding.field.endswith("_zh") else "en"
        return Row(finding, check, label, language, address, signature, reason, error)

    # What leads there

    def checklist_panel(self, request: HttpRequest, item: Publishable | None) -> dict[str, Any] | None:
        """For the form: what was found in the item as the form shows it, and the way to the page."""
        if item is None or request.method != "GET":
            return None
        with sets.others_in_place(item) if self.set_of(request, item) else nullcontext():
            return {"rows": self._rows_of(item), "url": self._checklist_url(item)}

    def to_checklist(
        self, request: HttpRequest, item: Publishable, verb: Verb, *, is_saved: bool = False
    ) -> HttpResponse:
        """The answer where the checklist refused a verb; answers that were given go along."""
        text = gettext("“%(item)s” is not %(done)s yet: first see to what stands here.")
        if is_saved:
            text = gettext("“%(item)s” was saved, but not %(done)s yet: first see to what stands here.")
        self.message_user(request, text % {"item": item, "done": verb.done}, messages.WARNING)
        answers = {name: request.POST[name] for name in verb.question.base_fields if name in request.POST}
        return HttpResponseRedirect(f"{self._checklist_url(item)}?{urlencode({'verb': verb.name} | answers)}")

    def said_of_checklist(self, item: Publishable, error: ChecklistError) -> SafeString:
        """Why an item was left out of a bulk action, with the way to its page."""
        label = gettext("Before publishing")
        link = format_html('<a href="{}">{}</a>', self._checklist_url(item), label)
        return format_html("{}: {} {}", item, " ".join(error.messages), link)

    def _checklist_url(self, item: Publishable) -> str:
        name = f"{self.opts.app_label}_{self.opts.model_name}_checklist"
        return reverse(f"{self.admin_site.name}:{name}", args=[item.pk])


def _problem(reason: str) -> str:
    longest = SignedWarning._meta.get_field("reason").max_length
    if not reason:
        return gettext("Say why it may stay, or change the text.")
    if len(reason) > longest:
        return gettext("Say it in %(count)d characters at most.") % {"count": longest}
    return ""


def field_label(item: Publishable, name: str) -> str:
    """The name of the field as the form has it; of a relation, that of its records."""
    try:
        field = item._meta.get_field(name)
    except FieldDoesNotExist:
        return ""
    meta = getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name_plural
    return capfirst(str(meta))
