"""The editors' desk beyond the first page of the admin: each of its sections in full, and corrections to look at."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ecosystem.admin import quick_search
from ecosystem.domain import desk, four_eyes
from ecosystem.domain.desk_lines import lines_of
from ecosystem.models import Observation

PER_PAGE = 50
VALUE = "value"


@require_http_methods(["GET", "HEAD", "POST"])
def section_view(request: HttpRequest, name: str) -> HttpResponse:
    section = next((one for one in desk.sections(request.user) if one.name == name), None)
    if section is None:
        raise Http404
    if request.method == "POST":
        return _mark_seen(request, section)
    page = Paginator(section.rows, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        **admin.site.each_context(request),
        "title": section.label,
        "section": section,
        "lines": lines_of([(section, page.object_list)], request.user)[name],
        "page": page,
        "may_see": name == desk.CORRECTIONS,
    }
    return TemplateResponse(request, "admin/ecosystem/desk_section.html", context)


def _mark_seen(request: HttpRequest, section: desk.Section) -> HttpResponse:
    if section.name != desk.CORRECTIONS:
        raise Http404
    number = request.POST.get(VALUE, "")
    value = Observation.objects.filter(pk=number).first() if number.isdecimal() else None
    if value is None:
        raise Http404
    if four_eyes.corrections_unseen().filter(pk=value.pk).exists():
        try:
            four_eyes.mark_seen(value, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("“%(value)s”: you have looked at the correction.") % {"value": value})
    else:
        messages.info(request, _("Somebody has looked at this correction already."))
    return HttpResponseRedirect(reverse("desk", args=[section.name]))


URLS = [
    path("desk/<slug:name>/", admin.site.admin_view(section_view), name="desk"),
    path("search/", admin.site.admin_view(quick_search.results_view), name="quick_search"),
    path(
        "search/suggestions.json",
        admin.site.admin_view(quick_search.suggestions_view),
        name="quick_suggestions",
    ),
]
