"""“Take up again”: a stored state becomes the draft once more, and a deleted item comes back as one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext

from ecosystem.domain import revisions, state_differences, working_copies
from ecosystem.models import Observation, Revision, Status


class TakingUpMixin:
    """The page behind “Take up again” in the history of an item."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.take_up_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_take_up"
        return [path("<int:pk>/history/take-up/<int:revision>/", view, name=name), *super().get_urls()]

    def may_take_up(self, request: HttpRequest, obj: Model) -> bool:
        """A value that has been public is never brought back to what it was: it is corrected."""
        is_locked = isinstance(obj, Observation) and obj.status in {Status.PUBLISHED, Status.WITHDRAWN}
        return self.has_change_permission(request, obj) and not is_locked

    def take_up_view(self, request: HttpRequest, pk: int, revision: int) -> HttpResponse:
        item = self.get_object(request, str(pk))
        chosen = item and revisions.of(item).filter(pk=revision).select_related("author").first()
        if chosen is None:
            raise Http404
        if not self.may_take_up(request, item):
            raise PermissionDenied
        if request.method == "POST":
            return self._taken_up(request, item, chosen)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Take up again"),
            "opts": self.opts,
            "item": item,
            "revision": chosen,
            "is_apart": working_copies.is_apart(item),
            "difference": state_differences.compare(working_copies.shown(item).data, chosen.data),
            "back": reverse(f"{self._admin_name}_history", args=[item.pk]),
        }
        return TemplateResponse(request, "admin/ecosystem/take_up.html", context)

    def _taken_up(self, request: HttpRequest, item: Model, chosen: Revision) -> HttpResponse:
        try:
            kept = working_copies.take_up(item, chosen, by=request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(self._change_url(item))
        if kept.is_changed:
            self.log_change(request, item, gettext("stored state taken up again"))
            text = gettext(
                "“%(item)s”: the form shows the stored state. What was announced to readers stays."
            )
        else:
            text = gettext("“%(item)s” says so already.")
        self.message_user(request, text % {"item": item}, messages.SUCCESS)
        return HttpResponseRedirect(self._change_url(item))


class RestoringMixin:
    """The button of a stored state whose item is gone."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.restore_view)
        return [path("<int:pk>/restore/", view, name="ecosystem_revision_restore"), *super().get_urls()]

    def may_restore(self, request: HttpRequest, revision: Revision) -> bool:
        model = revisions.model_of(revision)
        is_gone = model is not None and revisions.item_of(revision) is None
        return is_gone and request.user.has_perm(f"ecosystem.add_{revision.kind}")

    def render_change_form(self, request: HttpRequest, context: dict, *args, **options) -> HttpResponse:
        revision = options.get("obj")
        if revision and self.may_restore(request, revision):
            context["restore_url"] = reverse(
                f"{self.admin_site.name}:ecosystem_revision_restore", args=[revision.pk]
            )
        return super().render_change_form(request, context, *args, **options)

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        revision = self.get_object(request, str(pk))
        if revision is None:
            raise Http404
        if request.method != "POST" or not self.may_restore(request, revision):
            raise PermissionDenied
        try:
            item = working_copies.restore(revision, by=request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(
                reverse(f"{self.admin_site.name}:ecosystem_revision_change", args=[pk])
            )
        text = gettext("“%(item)s” is a draft again, with all its rows.")
        self.message_user(request, text % {"item": item}, messages.SUCCESS)
        name = f"{self.admin_site.name}:ecosystem_{revision.kind}_change"
        return HttpResponseRedirect(reverse(name, args=[item.pk]))
