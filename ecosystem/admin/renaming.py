"""“Change the address…”: what names the item is shown first, and named anew with it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.uses import UsesMixin
from ecosystem.domain.addresses import AddressError, FormerlyAnothersError
from ecosystem.domain.renaming import rename


class AddressForm(forms.Form):
    """The new slug; and, only when it still leads to another item, whether that is to end."""

    slug = forms.CharField(
        label=_("New slug"),
        max_length=100,
        widget=AdminTextInputWidget,
        help_text=_(
            "The last part of the address: small letters, digits and hyphens, such as fudan-university."
        ),
    )
    frees = forms.BooleanField(
        label=_("Take it over"),
        required=False,
        help_text=_("Links of other sites to that address then lead to this item."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered = self.fields["frees"]
        if "frees" not in self.data:
            del self.fields["frees"]

    def offer_to_free(self) -> None:
        self.fields["frees"] = self.offered


class RenamingMixin(UsesMixin):
    """The page on which an item gets another address."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.rename_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_rename"
        return [path("<int:pk>/rename/", view, name=name), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **options: Any) -> Any:
        item = options.get("obj")
        if item and self.may_rename(request, item):
            context["rename_address"] = reverse(f"{self._uses_name}_rename", args=[item.pk])
        return super().render_change_form(request, context, *args, **options)

    def may_rename(self, request: HttpRequest, item: Model) -> bool:
        return hasattr(item, "slug") and self.has_change_permission(request, item)

    def rename_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        item = self.get_object(request, str(pk))
        if item is None or not hasattr(item, "slug"):
            raise Http404
        if not self.may_rename(request, item):
            raise PermissionDenied
        form = AddressForm(request.POST or None, initial={"slug": item.slug})
        if request.method == "POST" and form.is_valid() and self._rename(request, item, form):
            return HttpResponseRedirect(reverse(f"{self._uses_name}_change", args=[item.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Change the address"),
            "opts": self.opts,
            "item": item,
            "address": item.get_absolute_url(),
            "form": form,
            "back": reverse(f"{self._uses_name}_change", args=[item.pk]),
            **self.uses_context(
                [item], _("Texts that link to it or show it are changed with it; all else stays:")
            ),
        }
        return TemplateResponse(request, "admin/ecosystem/rename.html", context)

    def _rename(self, request: HttpRequest, item: Model, form: AddressForm) -> bool:
        """Do it, and say so; or say in the form why not."""
        old, frees = item.slug, form.cleaned_data.get("frees", False)
        try:
            pages = rename(item, form.cleaned_data["slug"], by=request.user, frees=frees)
        except FormerlyAnothersError as error:
            form.add_error("slug", [*error.messages, gettext("Choose another slug, or take it over.")])
            form.offer_to_free()
            return False
        except AddressError as error:
            form.add_error("slug", error.messages)
            return False
        self.log_change(request, item, gettext("address changed from %(old)s") % {"old": old})
        text = ngettext(
            "The address is %(address)s now, and the former one leads to it. %(count)d text was changed with it.",
            "The address is %(address)s now, and the former one leads to it. %(count)d texts were changed with it.",
            len(pages),
        )
        said = {"address": item.get_absolute_url(), "count": len(pages)}
        self.message_user(request, text % said, messages.SUCCESS)
        return True
