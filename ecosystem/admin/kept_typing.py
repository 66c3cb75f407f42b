"""What is typed into a form is kept until it is saved; taken up, the form shows it, and nothing is saved by that."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.forms import Field
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path, reverse
from django.utils.translation import gettext

from ecosystem.admin.typing_answers import offers, presence, typing_view
from ecosystem.domain import open_forms, unsaved_forms
from ecosystem.domain.unsaved_forms import State, Typed
from ecosystem.models import UnsavedForm
from ecosystem.models.unsaved_forms import LONGEST_KEY

KEY = "_typing"  # in the form: which opening of it this is
TAKE_UP = "typing"  # in the address: whose words the form is to show
OF_ROWS = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")


def taken_up(request: HttpRequest) -> UnsavedForm | None:
    """What the person typed earlier and this form is to show; set by the page that looked for it."""
    return getattr(request, "taken_up", None)


class KeptTypingMixin:
    """The change and add forms of records whose typing is kept; outermost, around whatever saves them."""

    def add_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        self._take_up(request, None)
        return self._settled(request, None, super().add_view(request, *args, **options))

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **options: Any) -> HttpResponse:
        number = int(object_id) if object_id.isdecimal() else None
        item = self.model(pk=number)
        if number is not None:
            self._take_up(request, item)
        return self._settled(request, item, super().change_view(request, object_id, *args, **options))

    def save_related(self, request: HttpRequest, form: Any, formsets: Sequence[Any], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        request.is_form_saved = True

    def _take_up(self, request: HttpRequest, item: Model | None) -> None:
        if request.method == "GET" and (key := request.GET.get(TAKE_UP)):
            kept = unsaved_forms.kept_by(request.user, self.model, item)
            request.taken_up = kept.filter(key=key).first()

    def _settled(self, request: HttpRequest, item: Model | None, response: HttpResponse) -> HttpResponse:
        """The answer to a form; once that is stored, what was kept of its typing goes."""
        key = request.POST.get(KEY, "")[:LONGEST_KEY]
        if key and getattr(request, "is_form_saved", False):
            unsaved_forms.settle(key, by=request.user, model=self.model, item=item)
        return response

    # The form, filled with what was typed

    def get_form(self, request: HttpRequest, obj: Model | None = None, **options: Any) -> type:
        form = super().get_form(request, obj, **options)
        kept = taken_up(request)
        return type(form)(form.__name__, (_Typed, form), {"typed": _sent(kept.data)}) if kept else form

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Model | None, inline: Any, prefix: str
    ) -> dict[str, Any]:
        found, kept = super().get_formset_kwargs(request, obj, inline, prefix), taken_up(request)
        return found | {"data": _sent(kept.data)} if kept and f"{prefix}-TOTAL_FORMS" in kept.data else found

    def get_inline_formsets(self, request: HttpRequest, formsets: Sequence[Any], *args: Any) -> list:
        if taken_up(request):
            for formset in formsets:
                _take_as_it_is(formset)
        return super().get_inline_formsets(request, formsets, *args)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **options: Any) -> Any:
        item, kept = options.get("obj"), taken_up(request)
        if self.may_type(request, item):
            if kept and context["adminform"].form.is_multipart():
                self.message_user(
                    request, gettext("Files are not kept: choose them again."), messages.WARNING
                )
            key = kept.key if kept else request.POST.get(KEY) or unsaved_forms.new_key()
            others = open_forms.others(item, user=request.user) if item else []
            address = self._typing_url(item)
            context["typing"] = {
                "key": key,
                "address": address,
                "taken_up": kept,
                "offers": offers(request, self.model, item, address, without=key),
                "others": presence(others),
            }
        return super().render_change_form(request, context, *args, **options)

    # Addresses

    def get_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}_typing"
        discard = self.admin_site.admin_view(self.discard_view)
        return [
            path("add/typing/", typing_view(self), name=f"{name}_new"),
            path("<int:pk>/typing/", typing_view(self), name=name),
            path("add/typing/discard/", discard, name=f"{name}_new_discard"),
            path("<int:pk>/typing/discard/", discard, name=f"{name}_discard"),
            *super().get_urls(),
        ]

    def discard_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Gives up what the person has typed; whoever comes here without having asked for it loses nothing."""
        item = self.model(pk=pk) if pk else None
        kept = unsaved_forms.kept_by(request.user, self.model, item)
        found = kept.filter(key=request.POST.get(KEY, "")).first()
        if found:
            unsaved_forms.settle(
                found.key, by=request.user, model=self.model, item=item, state=State.DISCARDED
            )
            self.message_user(request, gettext("What you had typed is discarded."), messages.SUCCESS)
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}"
        address = reverse(f"{name}_change", args=[pk]) if pk else reverse(f"{name}_add")
        return HttpResponseRedirect(address)

    def _typing_url(self, item: Model | None) -> str:
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_typing"
        return reverse(name, args=[item.pk]) if item else reverse(f"{name}_new")

    def may_type(self, request: HttpRequest, item: Model | None) -> bool:
        return self.has_change_permission(request, item) if item else self.has_add_permission(request)

    # What the form has

    def known_names(self, request: HttpRequest, item: Model | None) -> tuple[set[str], set[str]]:
        """The names that the form may send: its own, and those of its rows without their number."""
        form = self.get_form(request, item, change=item is not None)
        names, rows, prefixes = set(_sent_names(form.base_fields)), set(), Counter()
        for formset, _inline in self.get_formsets_with_inlines(request, item):
            prefix = formset.get_default_prefix()
            prefixes[prefix] += 1
            # As Django names a second one of the same kind.
            prefix = f"{prefix}-{prefixes[prefix]}" if prefixes[prefix] > 1 else prefix
            names |= {f"{prefix}-{name}" for name in OF_ROWS}
            own = {formset.model._meta.pk.name, formset.fk.name, "DELETE"}
            rows |= {f"{prefix}-{name}" for name in {*_sent_names(formset.form.base_fields), *own}}
        return names, rows


class _Typed:
    """A form that shows what was typed, with no word about what is wrong with it: nobody has sent it yet."""

    typed: QueryDict

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(self.typed, *args, **options)
        self._errors = ErrorDict()


def _sent(data: Typed) -> QueryDict:
    """What was typed, as a form that was sent gives it."""
    query = QueryDict(mutable=True)
    for name, values in data.items():
        query.setlist(name, values)
    return query


def _take_as_it_is(formset: Any) -> None:
    if formset.is_bound:
        for form in formset.forms:
            form._errors = ErrorDict()
        formset._errors = [form._errors for form in formset.forms]
        formset._non_form_errors = formset.error_class()


def _sent_names(fields: dict[str, Field]) -> Iterator[str]:
    """The names under which fields send what they hold: several for a date with its time."""
    for name, field in fields.items():
        yield from (name + ending for ending in getattr(field.widget, "widgets_names", [""]))
