"""What can be done with a set, as editors meet it: buttons, their questions, and when each is possible."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.verbs import MomentForm, NoteForm
from ecosystem.domain import sets
from ecosystem.models import Act, PublishingSet

DRAFT, IN_REVIEW = PublishingSet.Stage.DRAFT, PublishingSet.Stage.IN_REVIEW


@dataclass(frozen=True, slots=True)
class SetVerb:
    """One thing that can be done with a set. asks: on a page of its own; ends_it: there is no set afterwards.

    is_seen_first: what it changes for readers is shown before it is done.
    """

    name: str
    label: Any
    done: Any
    act: Act
    is_possible: Callable[[PublishingSet], bool]
    do: Callable[..., None]
    question: type[forms.Form] = forms.Form
    asks: bool = False
    is_seen_first: bool = False
    ends_it: bool = False
    help: Any = ""


class SetMomentForm(MomentForm):
    """What scheduling a set asks for."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["at"].help_text = _(
            "In Shanghai's time. All items appear together at this moment; until then none of them goes its own way."
        )


SET_VERBS = {
    verb.name: verb
    for verb in (
        SetVerb(
            "publish",
            _("Publish the set"),
            _("published"),
            Act.PUBLISH,
            lambda one: one.is_open,
            sets.publish,
            is_seen_first=True,
        ),
        SetVerb(
            "submit",
            _("Submit for review"),
            _("submitted for review"),
            Act.SUBMIT,
            lambda one: one.stage == DRAFT and not one.publish_at,
            sets.submit,
        ),
        SetVerb(
            "schedule",
            _("Schedule…"),
            _("scheduled"),
            Act.SCHEDULE,
            lambda one: one.is_open,
            sets.schedule,
            SetMomentForm,
            asks=True,
            is_seen_first=True,
        ),
        SetVerb(
            "unschedule",
            _("Call off the schedule"),
            _("no longer scheduled"),
            Act.UNSCHEDULE,
            lambda one: one.publish_at is not None,
            sets.unschedule,
        ),
        SetVerb(
            "return",
            _("Return to draft…"),
            _("returned to draft"),
            Act.RETURN,
            lambda one: one.stage == IN_REVIEW and not one.publish_at,
            sets.return_to_draft,
            NoteForm,
            asks=True,
        ),
        SetVerb(
            "give-up",
            _("Give up the set…"),
            _("given up"),
            Act.DISCARD,
            lambda one: one.is_open and not one.publish_at,
            sets.give_up,
            asks=True,
            ends_it=True,
            help=_("The items stay as they are, each on its own again."),
        ),
    )
}
