"""What happens to accounts and rights, for the audit log: whichever page, command or program did it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.utils import timezone
from django.utils.translation import gettext as _

from ecosystem.domain import audit, origins
from ecosystem.models import Act, AuditEntry, User

RIGHTS = ("is_active", "is_staff", "is_superuser")
OTHERS = ("username", "first_name", "last_name", "email", "interface_language", "name")
# So that somebody who tries passwords by the thousand fills the log with no more.
FAILED_PER_HOUR = 1000
VERBS = {"post_add": "given", "post_remove": "taken", "pre_clear": "taken"}


def connect() -> None:
    """Once, when the application is ready."""
    user_logged_in.connect(signed_in)
    user_logged_out.connect(signed_out)
    user_login_failed.connect(sign_in_failed)
    for model in (User, Group):
        pre_save.connect(account_about_to_change, sender=model)
        post_save.connect(account_saved, sender=model)
        post_delete.connect(account_deleted, sender=model)
    for through in (User.groups.through, User.user_permissions.through, Group.permissions.through):
        m2m_changed.connect(rights_changed, sender=through)


class PasswordsNoted:
    """Django's validators are told of every new password, by forms and commands alike."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Every password is right here."""

    def get_help_text(self) -> str:
        return _("That a password was set is noted in the audit log; what it is, nobody can read.")

    def password_changed(self, password: str, user: User | None = None) -> None:
        audit.note(Act.PASSWORD, user, by=origins.present().actor)


def signed_in(user: User, **_options: Any) -> None:
    audit.note(Act.SIGN_IN, user, by=user)


def signed_out(user: User | None, **_options: Any) -> None:
    if user is not None:
        audit.note(Act.SIGN_OUT, user, by=user)


def sign_in_failed(credentials: dict[str, Any], **_options: Any) -> None:
    """A name that nobody has is not kept: it may be a password in the wrong line."""
    hour = timezone.now() - timedelta(hours=1)
    count = AuditEntry.objects.filter(act=Act.SIGN_IN_FAILED, at__gte=hour)[:FAILED_PER_HOUR].count()
    if count >= FAILED_PER_HOUR:
        return
    known = User.objects.filter(username=credentials.get(User.USERNAME_FIELD)).first()
    said = [] if known else ["no such name"]
    if count == FAILED_PER_HOUR - 1:
        said.append(f"{FAILED_PER_HOUR} within an hour; more of this hour are not noted")
    audit.note(Act.SIGN_IN_FAILED, known, by=None, detail="; ".join(said))


def account_about_to_change(instance: Model, update_fields: Iterable[str] | None, **_options: Any) -> None:
    """Compares with what is stored, for the entry that follows the save."""
    watched = [name for name in (*RIGHTS, *OTHERS) if hasattr(instance, name)]
    if update_fields is not None:
        watched = [name for name in watched if name in update_fields]
    before = (
        type(instance).objects.filter(pk=instance.pk).values(*watched).first()
        if watched and instance.pk
        else None
    )
    instance.changed_for_audit = [
        name for name in watched if before and before[name] != getattr(instance, name)
    ]


def account_saved(instance: Model, created: bool, **_options: Any) -> None:
    changed = instance.changed_for_audit
    by = origins.present().actor
    if created:
        rights = [name for name in RIGHTS if getattr(instance, name, False)]
        audit.note(Act.ADD, instance, by=by, detail=", ".join(rights))
    elif changed:
        act = Act.RIGHTS if set(changed) & set(RIGHTS) else Act.CHANGE
        audit.note(act, instance, by=by, detail=", ".join(_said(instance, name) for name in changed))


def account_deleted(instance: Model, **_options: Any) -> None:
    audit.note(Act.DELETE, instance, by=origins.present().actor)


def rights_changed(
    sender: type[Model], instance: Model, action: str, reverse: bool, pk_set: set[int] | None, **_options: Any
) -> None:
    """Groups of a person, or rights of a person or a group, given or taken; from whichever side it is written."""
    verb = VERBS.get(action)
    if verb is None:
        return
    target = Group if sender is User.groups.through else Permission
    if reverse:
        _reversed(instance, verb, pk_set, sender)
        return
    own = instance.groups if target is Group else _rights_of(instance)
    things = own.all() if pk_set is None else target.objects.filter(pk__in=pk_set)
    _note_rights(instance, verb, things)


def _reversed(thing: Model, verb: str, pk_set: set[int] | None, sender: type[Model]) -> None:
    holder = Group if sender is Group.permissions.through else User
    relation = "groups" if isinstance(thing, Group) else _rights_name(holder)
    holders = (
        holder.objects.filter(pk__in=pk_set)
        if pk_set is not None
        else holder.objects.filter(**{relation: thing})
    )
    for one in holders:
        _note_rights(one, verb, [thing])


def _note_rights(holder: Model, verb: str, things: Iterable[Model]) -> None:
    names = sorted(thing.codename if isinstance(thing, Permission) else thing.name for thing in things)
    if names:
        audit.note(Act.RIGHTS, holder, by=origins.present().actor, detail=f"{verb}: {', '.join(names)}")


def _rights_name(holder: type[Model]) -> str:
    return "permissions" if holder is Group else "user_permissions"


def _rights_of(holder: Model) -> Any:
    return getattr(holder, _rights_name(type(holder)))


def _said(account: Model, name: str) -> str:
    """A right with what it is now; of other columns only that they changed."""
    return f"{name}: {'yes' if getattr(account, name) else 'no'}" if name in RIGHTS else name
