"""From an item to its set: the line in its form, and adding one or many items to a set."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.ripples import is_sent
from ecosystem.domain import roles, set_members, sets
from ecosystem.models import Act, PublishingSet
from ecosystem.models.publishing import Publishable


class WhichSetForm(forms.Form):
    """What adding to a set asks for: one that is there, or the title of a new one."""

    publishing_set = forms.ModelChoiceField(
        PublishingSet.objects.none(), label=_("Set"), required=False, empty_label=_("a new set")
    )
    title = forms.CharField(
        label=_("Title of the new set"),
        max_length=PublishingSet._meta.get_field("title").max_length,
        required=False,
        widget=AdminTextInputWidget,
        help_text=_("What belongs together, such as: Yearbook 2025."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        drafts = PublishingSet.objects.filter(stage=PublishingSet.Stage.DRAFT, publish_at=None)
        self.fields["publishing_set"].queryset = drafts

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        title, chosen = cleaned.get("title", "").strip(), cleaned.get("publishing_set")
        if not self.errors and bool(title) == bool(chosen):
            raise ValidationError(_("Choose one of the sets, or give a new one its title; not both."))
        return cleaned


class SetMembersMixin:
    """What the admin of a kind of publishable items has to do with sets."""

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **options: Any) -> Any:
        if item := options.get("obj"):
            context["in_set"] = self.set_panel(request, item)
        return super().render_change_form(request, context, *args, **options)

    def set_of(self, request: HttpRequest, item: Publishable | None) -> PublishingSet | None:
        """The set in which the item waits, asked for once for each page."""
        if item is None or item.pk is None:
            return None
        known = request.__dict__.setdefault("sets_of_items", {})
        if item.pk not in known:
            known[item.pk] = set_members.set_of(item)
        return known[item.pk]

    def set_panel(self, request: HttpRequest, item: Publishable) -> dict[str, Any]:
        """The set of the item; else the way into one, where there is something to publish with it."""
        if found := self.set_of(request, item):
            address = reverse(f"{self.admin_site.name}:ecosystem_publishingset_change", args=[found.pk])
            return {"found": found, "address": address}
        if not self.has_set_permission(request) or sets.why_not_in_a_set(item):
            return {}
        return {"address": reverse(f"{self._admin_name}_set", args=[item.pk])}

    def has_set_permission(self, request: HttpRequest) -> bool:
        """Asked by the bulk action."""
        return roles.may(request.user, Act.CHANGE, PublishingSet)

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.set_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_set"
        return [path("<int:pk>/set/", view, name=name), *super().get_urls()]

    def set_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        item = self.get_object(request, str(pk))
        if item is None:
            raise Http404
        return self._add_to_set(request, [item], back=self._change_url(item))

    @admin.action(description=_("Add the selected %(verbose_name_plural)s to a set…"), permissions=["set"])
    def add_to_set(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        return self._add_to_set(request, list(queryset), back=request.get_full_path())

    def _add_to_set(self, request: HttpRequest, items: Sequence[Publishable], *, back: str) -> HttpResponse:
        roles.require(request.user, Act.CHANGE, PublishingSet)
        form = WhichSetForm(request.POST if "title" in request.POST else None)
        if is_sent(request) and form.is_valid():
            try:
                found = self._added(request, items, **form.cleaned_data)
            except ValidationError as error:
                for message in error.messages:
                    self.message_user(request, message, messages.ERROR)
            else:
                count = len(items)
                text = ngettext(
                    "%(count)d item added to the set.", "%(count)d items added to the set.", count
                )
                self.message_user(request, text % {"count": count}, messages.SUCCESS)
                address = reverse(f"{self.admin_site.name}:ecosystem_publishingset_change", args=[found.pk])
                return HttpResponseRedirect(address)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Add to a set"),
            "opts": self.opts,
            "items": items,
            "form": form,
            "action": "add_to_set",
            "back": back,
        }
        return TemplateResponse(request, "admin/ecosystem/verb_selected.html", context)

    def _added(
        self,
        request: HttpRequest,
        items: Sequence[Publishable],
        *,
        title: str,
        publishing_set: PublishingSet | None,
    ) -> PublishingSet:
        """The set with the items in it; a new one is only begun where all of them can be in it."""
        with transaction.atomic():
            found = publishing_set or sets.begin(title, by=request.user)
            sets.add(found, items, by=request.user)
        return found
