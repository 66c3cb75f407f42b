"""Notices to readers: corrections of errors, and notes on other changes; what readers have seen stays."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.citations import AboutOnePageAdmin
from ecosystem.admin.inlines import CompactInline
from ecosystem.domain.notices import is_shown
from ecosystem.models import PAGE_KINDS, ChangeNote, Correction


class NoticeForm(forms.ModelForm):
    """Words may be mended, and the revisions of the page keep the earlier ones; the day of a shown notice stays."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        day = self.fields.get("happened_on")
        if day is not None and self.instance.pk and is_shown(self.instance.page):
            day.disabled = True
            day.help_text = _("Readers have seen this notice: its day stays, and it cannot be deleted.")


class NoticeInline(CompactInline):
    form = NoticeForm
    fields = ["happened_on", "text", "text_zh"]
    select_related = PAGE_KINDS

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """`obj` is the page that the notices are about."""
        return super().has_delete_permission(request, obj) and not (obj and is_shown(obj))


class CorrectionInline(NoticeInline):
    model = Correction


class ChangeNoteInline(NoticeInline):
    model = ChangeNote


class NoticeAdmin(AboutOnePageAdmin):
    form = NoticeForm
    is_public_at_once = True
    list_display = ["text", "about", "happened_on"]
    search_fields = ["text", "text_zh"]
    date_hierarchy = "happened_on"
    about_fields = ["happened_on", "text", "text_zh"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Asked for each of several chosen ones too, and for those that would go with their page."""
        return super().has_delete_permission(request, obj) and not (obj and is_shown(obj.page))


@admin.register(Correction)
class CorrectionAdmin(NoticeAdmin):
    pass


@admin.register(ChangeNote)
class ChangeNoteAdmin(NoticeAdmin):
    pass
