"""The verbs of publishing as editors meet them: buttons, their questions, and when each is possible."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.translation import gettext_lazy as _

from ecosystem.domain import checklist, publishing, working_copies
from ecosystem.models import Status, User, WorkingCopy
from ecosystem.models.publishing import Publishable


class NoticeForm(forms.Form):
    """What withdrawing asks for."""

    notice = forms.CharField(
        label=_("Notice"),
        max_length=300,
        widget=AdminTextInputWidget,
        help_text=_("One sentence; readers who follow the old address see it."),
    )


class MomentForm(forms.Form):
    """What scheduling asks for."""

    at = forms.DateTimeField(
        label=_("Moment"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("In Shanghai's time. The item appears by itself when the moment has come."),
    )


class NoteForm(forms.Form):
    """What returning to draft asks for."""

    note = forms.CharField(
        label=_("Note to the author"), max_length=300, required=False, widget=AdminTextInputWidget
    )


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that can be done with the public state of an item.

    A verb with a question has a page of its own; one without also has a button that saves the form first.
    """

    name: str
    label: Any
    saving_label: Any
    done: Any
    is_possible: Callable[[Publishable, WorkingCopy | None], bool]
    act: Callable[..., None]
    question: type[forms.Form] = forms.Form
    is_confirmed: bool = False  # on a page of its own, though it has no question

    @property
    def asks(self) -> bool:
        return self.is_confirmed or bool(self.question.base_fields)


def _checked(act: Callable[..., None]) -> Callable[..., None]:
    """The verb, refused while the checklist has errors, or warnings that nobody has signed."""

    def act_when_complete(item: Publishable, *, by: User, **answers: Any) -> None:
        if working_copies.of(item):
            with working_copies.in_place(item) as (next_version, _lost):
                checklist.require(next_version)
        elif not item.is_public:  # what is, the verb itself refuses
            checklist.require(item)
        act(item, by=by, **answers)

    return act_when_complete


def _stage(item: Publishable, copy: WorkingCopy | None) -> str:
    return copy.stage if copy else item.status


def _is_waiting(item: Publishable, copy: WorkingCopy | None) -> bool:
    """Whether a draft, of the item or of its next version, waits for its moment to be chosen."""
    is_draft = _stage(item, copy) in {Status.DRAFT, Status.IN_REVIEW}
    return is_draft and not (copy and (copy.publish_at or not item.is_public))


VERBS = {
    verb.name: verb
    for verb in (
        Verb(
            "publish",
            _("Publish"),
            _("Save and publish"),
            _("published"),
            lambda item, copy: bool(copy) or not item.is_public,
            _checked(publishing.publish),
        ),
        Verb(
            "submit",
            _("Submit for review"),
            _("Save and submit for review"),
            _("submitted for review"),
            lambda item, copy: _stage(item, copy) == Status.DRAFT,
            publishing.submit,
        ),
        Verb(
            "schedule",
            _("Schedule…"),
            "",
            _("scheduled"),
            _is_waiting,
            _checked(publishing.schedule),
            MomentForm,
        ),
        Verb(
            "unschedule",
            _("Call off the schedule"),
            _("Save and call off the schedule"),
            _("no longer scheduled"),
            lambda item, copy: item.is_scheduled or bool(copy and copy.publish_at),
            publishing.unschedule,
        ),
        Verb(
            "return",
            _("Return to draft…"),
            "",
            _("returned to draft"),
            lambda item, copy: _stage(item, copy) == Status.IN_REVIEW,
            publishing.return_to_draft,
            NoteForm,
        ),
        Verb(
            "withdraw",
            _("Withdraw…"),
            "",
            _("withdrawn"),
            lambda item, _copy: item.is_public,
            publishing.withdraw,
            NoticeForm,
        ),
        Verb(
            "discard",
            _("Discard the draft…"),
            "",
            _("draft discarded"),
            lambda _item, copy: bool(copy),
            publishing.discard,
            is_confirmed=True,
        ),
    )
}

# Before these the checklist is asked.
CHECKED = ("publish", "schedule")


def possible(item: Publishable, copy: WorkingCopy | None) -> list[Verb]:
    """What can be done with an item and its next version."""
    return [verb for verb in VERBS.values() if verb.is_possible(item, copy)]
