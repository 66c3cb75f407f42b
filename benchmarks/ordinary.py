"""An ordinary Django list page, which the directory is compared with: ORM, Django's templates, 40 cards, no counts."""

from django.template import engines
from django.template.response import TemplateResponse
from django.views.generic import ListView

from ecosystem.models import Organization

TEMPLATE = engines["django"].from_string(
    """{% extends "base.html" %}{% load i18n ecosystem %}
{% block title %}Directory{% endblock %}
{% block main %}<div class="wrap"><h1>Directory</h1><ul class="entries">
{% for row in object_list %}{% include "parts/organization_row.html" %}{% endfor %}</ul>
{% if page_obj.has_next %}<a rel="next" href="?page={{ page_obj.next_page_number }}">Next</a>{% endif %}
</div>{% endblock %}"""
)


class OrdinaryList(ListView):
    paginate_by = 40

    def get_queryset(self):
        rows = Organization.objects.published().select_related("district", "park").order_by("name")
        return rows.prefetch_related("topics", "identifiers")

    def render_to_response(self, context, **options):
        return TemplateResponse(self.request, TEMPLATE, context)
