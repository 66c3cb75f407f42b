"""People who sign in, and the groups that hold the rights of the roles."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import ManyToManyField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ecosystem.domain import roles
from ecosystem.models import User


class NewUserForm(AdminUserCreationForm):
    class Meta(AdminUserCreationForm.Meta):
        model = User


class ChangedUserForm(UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = User


class GroupsField(forms.ModelMultipleChoiceField):
    """Groups, those of the roles in the language of the person."""

    def label_from_instance(self, obj: Group) -> str:
        return role_label(obj)


def role_label(group: Group) -> str:
    return str(roles.LABELS.get(group.name, group.name))


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """What goes beyond all rights is given by those who have it: otherwise an administrator could take it."""

    form = ChangedUserForm
    add_form = NewUserForm
    list_display = ["username", "first_name", "last_name", "interface_language", "is_staff", "last_login"]
    list_filter = ["is_staff", "is_superuser", "is_active", "groups", "interface_language"]
    fieldsets = [*DjangoUserAdmin.fieldsets, (_("Admin"), {"fields": ["interface_language"]})]
    add_fieldsets = [
        *DjangoUserAdmin.add_fieldsets,
        (_("Admin"), {"fields": ["is_staff", "groups", "interface_language"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Sequence[str]:
        own = super().get_readonly_fields(request, obj)
        return own if request.user.is_superuser else [*own, "is_superuser"]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_within_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_within_reach(request, obj)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name == "groups":
            options["form_class"] = GroupsField
        return super().formfield_for_manytomany(db_field, request, **options)

    def _is_within_reach(self, request: HttpRequest, obj: User | None) -> bool:
        return request.user.is_superuser or not (obj and obj.is_superuser)


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin):
    list_display = ["role"]

    @admin.display(description=_("name"), ordering="name")
    def role(self, group: Group) -> str:
        return role_label(group)
