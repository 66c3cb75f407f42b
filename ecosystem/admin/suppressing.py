"""“Suppress”: the two steps in which an administrator takes something off for good."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecosystem.domain import roles, suppressed_pictures, suppressed_values, suppression, wording
from ecosystem.domain.suppressed_pictures import FilesRemainError
from ecosystem.domain.suppressed_records import Place, places_of
from ecosystem.domain.tombstones import SuppressionError
from ecosystem.models import Act, Image, Observation, Suppression

Subject = Suppression.Subject


class OrderForm(forms.Form):
    """What every suppression asks for."""

    ground = forms.ChoiceField(label=_("Ground"), choices=Suppression.Ground, widget=forms.RadioSelect)
    reference = forms.CharField(
        label=_("Reference"),
        max_length=200,
        widget=AdminTextInputWidget,
        help_text=_("The number of the order or the request. Never public."),
    )
    notice = forms.CharField(
        label=_("Notice"),
        max_length=300,
        widget=AdminTextareaWidget({"rows": 2}),
        help_text=_("One sentence for readers, without what was suppressed."),
    )
    notice_zh = forms.CharField(
        label=_("Notice in Chinese"),
        max_length=300,
        required=False,
        widget=AdminTextareaWidget({"rows": 2, "lang": "zh-Hans"}),
    )

    @property
    def said(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in OrderForm.base_fields}


class PassageForm(OrderForm):
    """For words, which words."""

    passage = forms.CharField(
        label=_("Passage"),
        widget=AdminTextareaWidget({"rows": 2}),
        help_text=_("Exactly as it stands there: a name, some words or a sentence, at least 4 characters."),
    )
    field_order = ["passage"]


@dataclass(frozen=True, slots=True)
class Removal:
    """What is to go, as the second step shows it: the things themselves, where they are told, and where else."""

    things: Sequence[str]
    own: Sequence[Place] = ()
    others: Sequence[Place] = ()
    pages: Sequence[Model] = ()
    pictures: Sequence[Image] = ()
    older: Sequence[str] = ()
    text_count: int = 0

    def chosen(self, keys: Sequence[str]) -> list[Place]:
        return [place for place in self.others if place.key in keys]


def value_removal(value: Observation, _form: OrderForm) -> Removal:
    places = suppression.places_of_value(value)
    own = {place.key for place in suppression.own_places(value.metric)}
    gone = suppressed_values.same_values(value)
    return Removal(
        [described(one) for one in gone],
        [place for place in places if place.key in own],
        [place for place in places if place.key not in own],
        older=[described(one) for one in suppressed_values.older_than(gone)],
        text_count=value.metric.shown_in.count(),
    )


def described(value: Observation) -> str:
    words = {
        "value": f"{wording.named(value.metric)}, {wording.period_of(value)}: {wording.amount_of(value)}",
        "standing": value.get_standing_display(),
        "source": value.source,
    }
    return gettext("%(value)s (%(standing)s, %(source)s)") % words


def text_removal(item: Model, form: PassageForm) -> Removal:
    passage = form.cleaned_data["passage"]
    places = places_of(suppression.passage_cutter(passage))
    key = suppression.place_of(item).key
    return Removal(
        [f"“{passage}”"],
        [place for place in places if place.key == key],
        [place for place in places if place.key != key],
    )


def picture_removal(image: Image, _form: OrderForm) -> Removal:
    images = suppressed_pictures.same_pictures(image)
    _storage, files = suppressed_pictures.files_of(images)
    return Removal(sorted(files), pages=suppressed_pictures.pages_showing(images), pictures=images)


def suppress_text(item: Model, form: PassageForm, **said: Any) -> Suppression:
    return suppression.suppress_text(item, form.cleaned_data["passage"], **said)


def suppress_value(value: Observation, _form: OrderForm, **said: Any) -> Suppression:
    return suppression.suppress_value(value, **said)


def suppress_picture(image: Image, _form: OrderForm, *, also: Sequence[Place], **said: Any) -> Suppression:
    return suppression.suppress_picture(image, **said)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of suppression: its link and title, its question, what it would remove, and the deed."""

    label: Any
    title: Any
    question: type[OrderForm]
    removal: Callable[[Any, Any], Removal]
    act: Callable[..., Suppression]


KINDS = {
    Subject.VALUE: Kind(
        _("Suppress this value…"), _("Suppress a value"), OrderForm, value_removal, suppress_value
    ),
    Subject.TEXT: Kind(_("Suppress words…"), _("Suppress words"), PassageForm, text_removal, suppress_text),
    Subject.PICTURE: Kind(
        _("Suppress this picture…"), _("Suppress a picture"), OrderForm, picture_removal, suppress_picture
    ),
}


class SuppressingMixin:
    """The pages behind “Suppress” of an item, which only administrators see."""

    suppressible: Sequence[str] = (Subject.TEXT,)

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.suppress_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_suppress"
        return [path("<int:pk>/suppress/<slug:subject>/", view, name=name), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **options: Any) -> Any:
        item = options.get("obj")
        if item is not None and roles.may(request.user, Act.SUPPRESS):
            context["suppress_links"] = [
                (KINDS[subject].label, self._suppress_url(item, subject)) for subject in self.suppressible
            ]
        return super().render_change_form(request, context, *args, **options)

    def suppress_view(self, request: HttpRequest, pk: int, subject: str) -> HttpResponse:
        roles.require(request.user, Act.SUPPRESS)
        item = self.model.objects.filter(pk=pk).first()
        if item is None or subject not in self.suppressible:
            raise Http404
        kind = KINDS[subject]
        form = kind.question(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                return self._next_step(request, item, kind, form)
            except SuppressionError as error:
                form.add_error(None, error.messages)
        return self._suppress_page(request, item, kind, form, "suppress.html")

    def _next_step(self, request: HttpRequest, item: Model, kind: Kind, form: OrderForm) -> HttpResponse:
        """The deed when it was confirmed, the first step when that was asked for, or else the second."""
        if "back" in request.POST:
            return self._suppress_page(request, item, kind, form, "suppress.html")
        removal = kind.removal(item, form)
        keys = request.POST.getlist("also")
        act = partial(kind.act, item, form, also=removal.chosen(keys), by=request.user, **form.said)
        if "confirm" in request.POST:
            return self._suppressed(request, item, act)
        suppression.rehearse(act)
        return self._suppress_page(
            request, item, kind, form, "suppress_confirm.html", removal=removal, keys=keys
        )

    def _suppressed(self, request: HttpRequest, item: Model, act: Callable[[], Suppression]) -> HttpResponse:
        try:
            stone = act()
        except FilesRemainError as error:
            self.message_user(request, error.message, messages.ERROR)
        else:
            self.log_addition(request, stone, gettext("suppressed"))
            self.message_user(
                request, gettext("It is gone from the site. The tombstone stays."), messages.SUCCESS
            )
        return HttpResponseRedirect(reverse(f"{self.admin_site.name}:ecosystem_suppression_changelist"))

    def _suppress_url(self, item: Model, subject: str) -> str:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return reverse(f"{self.admin_site.name}:{name}_suppress", args=[item.pk, subject])

    def _suppress_page(
        self, request: HttpRequest, item: Model, kind: Kind, form: OrderForm, template: str, **more: Any
    ) -> HttpResponse:
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change"
        context = {
            **self.admin_site.each_context(request),
            "title": kind.title,
            "opts": self.opts,
            "item": item,
            "form": form,
            "back": reverse(name, args=[item.pk]),
            **more,
        }
        return TemplateResponse(request, f"admin/ecosystem/{template}", context)
