"""People who sign in."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.utils.translation import gettext_lazy as _

from ecosystem.models import User


class NewUserForm(AdminUserCreationForm):
    class Meta(AdminUserCreationForm.Meta):
        model = User


class ChangedUserForm(UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = User


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    form = ChangedUserForm
    add_form = NewUserForm
    list_display = ["username", "first_name", "last_name", "interface_language", "is_staff", "last_login"]
    list_filter = ["is_staff", "is_superuser", "is_active", "interface_language"]
    fieldsets = [*DjangoUserAdmin.fieldsets, (_("Admin"), {"fields": ["interface_language"]})]
    add_fieldsets = [
        *DjangoUserAdmin.add_fieldsets,
        (_("Admin"), {"fields": ["is_staff", "interface_language"]}),
    ]
