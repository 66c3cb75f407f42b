"""The page on which a reader reports an error: a form that needs no script, no cookie and no account."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language_from_path, gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView

from ecosystem.domain import reports
from ecosystem.models.reports import LONGEST_ADDRESS, LONGEST_REPORT

# Pages of editors and of machines, about which readers have nothing to report.
NOT_OF_READERS = ("/admin/", "/-/", "/media/", "/static/", "/preview/", "/zh-hans/preview/")


def path_on_this_site(address: str) -> str:
    """The path of a page of this site, given as a path or as a whole address; empty for anything else."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    if parts.netloc not in ("", urlsplit(settings.SITE_URL).netloc) or parts.path.startswith(NOT_OF_READERS):
        return ""
    try:
        with override(get_language_from_path(parts.path) or settings.LANGUAGE_CODE):
            resolve(parts.path)
    except Resolver404:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


class ReportForm(forms.Form):
    """What a report asks for."""

    page = forms.CharField(
        label=_("Address of the page"),
        max_length=LONGEST_ADDRESS,
        error_messages={"required": _("Give the address of the page.")},
    )
    text = forms.CharField(
        label=_("What is wrong, what is right, and which document shows it"),
        max_length=LONGEST_REPORT,
        widget=forms.Textarea({"rows": 7}),
        error_messages={"required": _("Say what is wrong, and what is right.")},
    )
    # Programs that fill in every box they find fill in this one too, which readers do not see.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_page(self) -> str:
        path = path_on_this_site(self.cleaned_data["page"])
        if not path:
            raise ValidationError(
                _("There is no page of this site at that address. Copy it from your browser.")
            )
        return path

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("Empty this box, and send again: it is there to stop programs."))
        return ""


@method_decorator(csrf_exempt, name="dispatch")
class Report(FormView):
    """A report is made with nobody's rights, so there is nothing to forge, and no cookie is set against it."""

    template_name = "report.html"
    form_class = ReportForm

    def get_initial(self) -> dict[str, Any]:
        return {"page": path_on_this_site(self.request.GET.get("page", ""))}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"label_suffix": "", "use_required_attribute": False}

    def form_valid(self, form: ReportForm) -> HttpResponse:
        page = form.cleaned_data["page"]
        try:
            reports.report(address=page, text=form.cleaned_data["text"])
        except ValidationError as error:
            form.add_error("text", error.messages)
            return self.form_invalid(form)
        return HttpResponseRedirect(f"{reverse('report')}?{urlencode({'page': page, 'sent': 1})}")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        page = path_on_this_site(self.request.GET.get("page", ""))
        is_sent = "sent" in self.request.GET and self.request.method == "GET"
        return super().get_context_data(**context) | {
            "reported_page": page,
            "is_sent": is_sent,
            "heading": gettext("Thank you") if is_sent else gettext("Report an error"),
        }
