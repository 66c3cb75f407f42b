"""The verbs of publishing as editors meet them: buttons, their questions, and when each is possible."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.translation import gettext_lazy as _

from ecosystem.domain import checklist, publishing
from ecosystem.models import Status, User
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
    is_possible: Callable[[Publishable], bool]
    act: Callable[..., None]
    question: type[forms.Form] = forms.Form

    @property
    def asks(self) -> bool:
        return bool(self.question.base_fields)


def _checked(act: Callable[..., None]) -> Callable[..., None]:
    """The verb, refused while the checklist has errors, or warnings that nobody has signed."""

    def act_when_complete(item: Publishable, *, by: User, **answers: Any) -> None:
        if not item.is_public:  # what is, the verb itself refuses
            checklist.require(item)
        act(item, by=by, **answers)

    return act_when_complete


VERBS = {
    verb.name: verb
    for verb in (
        Verb(
            "publish",
            _("Publish"),
            _("Save and publish"),
            _("published"),
            lambda item: not item.is_public,
            _checked(publishing.publish),
        ),
        Verb(
            "submit",
            _("Submit for review"),
            _("Save and submit for review"),
            _("submitted for review"),
            lambda item: item.status == Status.DRAFT,
            publishing.submit,
        ),
        Verb(
            "schedule",
            _("Schedule…"),
            "",
            _("scheduled"),
            lambda item: item.status in {Status.DRAFT, Status.IN_REVIEW},
            _checked(publishing.schedule),
            MomentForm,
        ),
        Verb(
            "unschedule",
            _("Call off the schedule"),
            _("Save and call off the schedule"),
            _("no longer scheduled"),
            lambda item: item.is_scheduled,
            publishing.unschedule,
        ),
        Verb(
            "return",
            _("Return to draft…"),
            "",
            _("returned to draft"),
            lambda item: item.status == Status.IN_REVIEW,
            publishing.return_to_draft,
            NoteForm,
        ),
        Verb(
            "withdraw",
            _("Withdraw…"),
            "",
            _("withdrawn"),
            lambda item: item.is_public,
            publishing.withdraw,
            NoticeForm,
        ),
    )
}

# Before these the checklist is asked.
CHECKED = ("publish", "schedule")


def possible(item: Publishable) -> list[Verb]:
    return [verb for verb in VERBS.values() if verb.is_possible(item)]
