"""What the pages of records share about acts: who may do them, that they are noted, and where they are listed."""

from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from ecosystem.domain import audit, roles
from ecosystem.models import Act


def acts_url(item: Model) -> str:
    """The list of all acts on an item."""
    query = {"kind": item._meta.model_name, "number__exact": item.pk}
    return f"{reverse('admin:ecosystem_auditentry_changelist')}?{urlencode(query)}"


class ActsMixin:
    """A page of records on which every act is asked for its right, and noted in the transaction of the act."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return roles.may(request.user, Act.CHANGE, obj or self.model)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **options: Any) -> Any:
        item = options.get("obj")
        if item is not None and roles.may(request.user, Act.ADMINISTER):
            context["acts_url"] = acts_url(item)
        return super().render_change_form(request, context, *args, **options)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        self._note(request, Act.ADD, obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        entry = super().log_change(request, obj, message)
        if message:  # an empty one says that the form came back as it was
            self._note(request, Act.CHANGE, obj, message, entry.get_change_message())
        return entry

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        with transaction.atomic():
            audit.note(Act.DELETE, obj, by=request.user)
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        with transaction.atomic():
            for item in queryset:
                audit.note(Act.DELETE, item, by=request.user)
            super().delete_queryset(request, queryset)

    def _note(self, request: HttpRequest, act: Act, obj: Model, message: Any, detail: str = "") -> None:
        """What a form did comes as a list; words come from a verb of the domain, which notes its act itself."""
        if not isinstance(message, str):
            audit.note(act, obj, by=request.user, detail=detail)
