"""What the admin pages share: every saved state is kept, and figures in text are checked and recorded."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import transaction
from django.db.models import CharField, Field, Model, QuerySet, URLField
from django.forms import TextInput
from django.http import HttpRequest, HttpResponse
from django.utils.html import conditional_escape
from django.utils.translation import gettext as _

from ecosystem.admin.acts import ActsMixin
from ecosystem.admin.histories import HistoryMixin
from ecosystem.admin.kept_typing import KeptTypingMixin
from ecosystem.domain import (
    addresses,
    figure_errors,
    figure_records,
    figures,
    revisions,
    roles,
    sets,
    working_copies,
)
from ecosystem.domain.index import upkeep
from ecosystem.models import PAGE_KINDS, Act, FigureReference, FormerAddress, User
from ecosystem.models.fields import PartialDateField, PeriodField, RichTextField

INLINE_ROWS, BODY_ROWS = 3, 16
SENTENCE = 300  # characters from which a line is typed into two rows


def without_zeros(values: dict[str, Any]) -> dict[str, Any]:
    """The numbers among these values as people type them: 83000, not 83000.000000."""
    numbers = {name: value for name, value in values.items() if isinstance(value, Decimal)}
    return {name: Decimal(f"{value.normalize():f}") for name, value in numbers.items()}


class EditedForm(forms.ModelForm):
    """Refuses references to figures and sources that do not exist, field by field."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial |= without_zeros(self.initial)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        with sets.others_in_place(self.instance):
            found = {
                name: figure_errors.reference_errors(cleaned.get(name) or "")
                for name in figures.rich_text_fields(self._meta.model)
            }
        for name, errors in found.items():
            for error in errors:
                self.add_error(name, error)
        if why := addresses.leads_elsewhere(self.instance, cleaned.get("slug") or ""):
            self.add_error(
                "slug", why + " " + _("Choose another, or save this one and change its address then.")
            )
        return cleaned


def keep(item: Model, *, by: User, note: str) -> None:
    """Record which figures the item shows, and its present state."""
    if item._meta.model_name in PAGE_KINDS:
        figure_records.record_references(item)
    revisions.record(item, by=by, note=note)


class FieldsForEditors:
    """Form fields as large as what is typed into them, and with its language."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **options: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **self._widget(db_field) | options)
        if field is not None and db_field.name.endswith("_zh"):
            # Browsers choose Chinese glyphs and spelling by it.
            field.widget.attrs["lang"] = "zh-Hans"
        if field is not None:
            # Django trusts help texts as HTML; ours are plain, and one shows how to write an element.
            field.help_text = conditional_escape(field.help_text)
        return field

    def _widget(self, db_field: Field) -> dict[str, Any]:
        match db_field:
            case RichTextField():
                rows = INLINE_ROWS if db_field.inline else BODY_ROWS
                return {"widget": AdminTextareaWidget({"rows": rows})}
            case PartialDateField() | PeriodField():
                return {"widget": TextInput({"size": 12})}
            case URLField():
                return {}
            case CharField(max_length=length) if length and length >= SENTENCE and not db_field.choices:
                return {"widget": AdminTextareaWidget({"rows": 2})}
        return {}


class EditedAdmin(KeptTypingMixin, HistoryMixin, ActsMixin, FieldsForEditors, admin.ModelAdmin):
    """The page of a kind of item that editors write; each saved state becomes a revision."""

    form = EditedForm
    save_on_top = True
    list_per_page = 50

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """One change of the index for the item with all its parts."""
        if request.method != "POST":
            return super().changeform_view(request, *args, **options)
        # A transaction of its own, so that a refusal spoils none that stands around it.
        with transaction.atomic(), upkeep.gathered():
            return super().changeform_view(request, *args, **options)

    def save_related(self, request: HttpRequest, form: Any, formsets: Sequence[Any], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self.keep_saved(request, form, formsets, change)

    def keep_saved(self, request: HttpRequest, form: Any, formsets: Sequence[Any], change: bool) -> None:
        """The saved state becomes a revision."""
        if not change:
            keep(form.instance, by=request.user, note=_("added"))
        elif form.has_changed() or any(formset.has_changed() for formset in formsets):
            keep(form.instance, by=request.user, note=_("changed"))

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        self._keep_deleted(request, obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for item in queryset:
            self._keep_deleted(request, item)
        super().delete_queryset(request, queryset)

    def _keep_deleted(self, request: HttpRequest, item: Model) -> None:
        """Its last state, from which it can be restored; its next version is among its states."""
        working_copies.discard(item)
        revisions.record(item, by=request.user, note=_("deleted"))

    def get_deleted_objects(self, objs: Iterable[Model], request: HttpRequest) -> tuple:
        """References are derived from texts, and redirects lead to an item: both go although nobody may delete one."""
        listed, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        gone = {model._meta.verbose_name for model in (FigureReference, FormerAddress)}
        return listed, counts, forbidden - gone, protected


def _with_owner(part: Model, owner: Model) -> str:
    said = {"part": part, "kind": owner._meta.verbose_name, "owner": owner}
    return _("%(part)s: it is changed on the page of the %(kind)s “%(owner)s”, which readers see.") % said


class PartForm(forms.ModelForm):
    """Adds no part to an item that readers see: that is done in the draft of its next version."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        owners = [one for one in cleaned.values() if isinstance(one, Model) and self._is_owner(one)]
        if len(owners) == 1 and working_copies.is_apart(owners[0]):
            said = {"kind": owners[0]._meta.verbose_name, "owner": owners[0]}
            text = _(
                "Readers see the %(kind)s “%(owner)s”: add this on its page, as part of its next version."
            )
            self.add_error(None, text % said)
        return cleaned

    def _is_owner(self, record: Model) -> bool:
        parts = (type(record)._meta.get_field(name) for name in revisions.PARTS.get(type(record), ()))
        fields = [part.field.name for part in parts if part.related_model is self._meta.model]
        return any(self.cleaned_data.get(name) == record for name in fields)


class PartAdmin(KeptTypingMixin, ActsMixin, FieldsForEditors, admin.ModelAdmin):
    """The page of a record that belongs to an item; saving it keeps the state of that item.

    `owner` names the relation to the item; it is chosen once, when the record is added.
    """

    owner = ""
    # Whether readers see it as soon as it is saved, as they do notices.
    is_public_at_once = False
    list_per_page = 50
    form = PartForm

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and self._is_apart(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and self._is_apart(obj))

    def _is_apart(self, part: Model) -> bool:
        """Whether it is changed with its item alone, whose changes wait in a draft until they are published."""
        return not self.is_public_at_once and working_copies.is_apart(self.get_owner(part))

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        roles.require(request.user, Act.CHANGE, self.get_owner(obj))
        super().save_model(request, obj, form, change)

    def get_deleted_objects(self, objs: Iterable[Model], request: HttpRequest) -> tuple:
        listed, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        kept = [str(_with_owner(part, self.get_owner(part))) for part in objs if self._is_apart(part)]
        return listed, counts, forbidden, [*protected, *kept]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **options: Any) -> Any:
        part = options.get("obj")
        if part and self._is_apart(part):
            context["subtitle"] = _with_owner(part, self.get_owner(part))
        return super().render_change_form(request, context, *args, **options)

    def get_owner(self, part: Model) -> Model:
        return getattr(part, self.owner)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Sequence[str]:
        return [*super().get_readonly_fields(request, obj), *([self.owner] if obj else [])]

    def save_related(self, request: HttpRequest, form: Any, formsets: Sequence[Any], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.has_changed():
            self._keep_owner(request, form.instance)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        super().delete_model(request, obj)
        self._keep_owner(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        parts = list(queryset)
        super().delete_queryset(request, queryset)
        for part in parts:
            self._keep_owner(request, part)

    def _keep_owner(self, request: HttpRequest, part: Model) -> None:
        note = _("changed: %(part)s") % {"part": part._meta.verbose_name}
        keep(self.get_owner(part), by=request.user, note=note)


class ReadOnlyAdmin(admin.ModelAdmin):
    """The page of records that only the site itself writes."""

    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
