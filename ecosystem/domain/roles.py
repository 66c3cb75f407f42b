"""Who may do what. Rights are Django's permissions; three groups hold those of the roles.

Who may add a kind of item may also change and submit what they have begun themselves, while it is a draft: that is an
author. Who may change a kind may do everything with its public state: that is an editor.
Who may see an item may comment on it.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ecosystem.domain import audit
from ecosystem.models import Act, Status, User
from ecosystem.models.publishing import Publishable

AUTHOR, EDITOR, ADMINISTRATOR = "Author", "Editor", "Administrator"
# The names of the groups as they are stored, with those that people see.
LABELS = {
    AUTHOR: pgettext_lazy("role", "Author"),
    EDITOR: pgettext_lazy("role", "Editor"),
    ADMINISTRATOR: pgettext_lazy("role", "Administrator"),
}
OF_AUTHORS = {Act.CHANGE, Act.SUBMIT}
ELSEWHERE = {Act.SUPPRESS: "ecosystem.add_suppression", Act.ADMINISTER: "ecosystem.view_auditentry"}
SENTENCES = {
    Act.COMMENT: gettext_lazy("Only who may see this may read or write comments on it."),
    Act.SUPPRESS: gettext_lazy("Only an administrator takes something off for good."),
    Act.ADMINISTER: gettext_lazy("Only an administrator may see or do this."),
}


class NotAllowedError(PermissionDenied):
    """The person has no right to do this; the message says who has."""


def may(user: User | None, act: Act, item: Model | type[Model] | None = None) -> bool:
    """Whether the person may do this with the item, or with some item of the kind when that is given.

    None is the site itself, for which there are no rights to ask.
    """
    if user is None:
        return True
    if act in ELSEWHERE:
        return user.has_perm(ELSEWHERE[act])
    if act in {Act.ADD, Act.DELETE}:
        return user.has_perm(_codename(act, item))
    if user.has_perm(_codename(Act.CHANGE, item)):
        return True
    if act == Act.COMMENT:
        return user.has_perm(_codename("view", item))
    return act in OF_AUTHORS and user.has_perm(_codename(Act.ADD, item)) and _is_own_draft(item, user)


def require(user: User | None, act: Act, item: Model | type[Model] | None = None) -> None:
    """Raise NotAllowedError, with who may do it, when the person may not."""
    if not may(user, act, item):
        raise NotAllowedError(refusal(user, act, item))


def refusal(user: User, act: Act, item: Model | type[Model] | None = None) -> str:
    """Why the person may not do it, and who may."""
    if act in SENTENCES:
        return str(SENTENCES[act])
    if act in OF_AUTHORS and user.has_perm(_codename(Act.ADD, item)):
        return _(
            "You may change only what you began yourself, while it is a draft. Ask an editor for the rest."
        )
    return _("Only an editor may do this. Submit your draft for review, or ask an editor.")


def _is_own_draft(item: Model | type[Model], user: User) -> bool:
    if isinstance(item, type):
        return issubclass(item, Publishable)
    if not isinstance(item, Publishable) or item.status != Status.DRAFT:
        return False
    # A page asks many times; who has begun an item stays so, and is remembered with the person of the request.
    begun = user.__dict__.setdefault("begun_items", set())
    label = (item._meta.model_name, item.pk)
    if label not in begun and audit.begun_by(item, user):
        begun.add(label)
    return label in begun


def _codename(act: str, item: Model | type[Model]) -> str:
    return f"{item._meta.app_label}.{act}_{item._meta.model_name}"
