"""The review page of an item: its draft against what readers see, with what was said about it, place by place."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext

from ecosystem.admin.verbs import VERBS, NoteForm
from ecosystem.domain import comments, drafts, revisions, roles, state_differences, working_copies
from ecosystem.domain.state_differences import Difference
from ecosystem.models import Act, Comment, User, WorkingCopy
from ecosystem.models.publishing import Publishable
from ecosystem.values.states import State

IN_PANEL = 5  # comments that the form shows in words


class CommentForm(forms.Form):
    """One comment as it is sent; what it says is checked where it is stored."""

    field = forms.CharField(required=False)
    text = forms.CharField(required=False)
    answers = forms.ModelChoiceField(Comment.objects.none(), required=False)
    mentions = forms.ModelMultipleChoiceField(User.objects.none(), required=False)

    def __init__(self, data: Any, item: Publishable) -> None:
        super().__init__(data)
        self.fields["answers"].queryset = comments.on(item)
        self.fields["mentions"].queryset = comments.audience(type(item))


@dataclass(frozen=True, slots=True)
class Box:
    """Where something can be said: on a place, or as an answer; with what was typed into it and is not stored."""

    field: str = ""
    answers: int | None = None
    text: str = ""
    error: str = ""
    mentions: frozenset[int] = frozenset()

    @property
    def key(self) -> str:
        return f"answer-{self.answers}" if self.answers else f"say-{self.field or 'whole'}"


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its answers, as the page shows it."""

    comment: Comment
    is_earlier: bool
    may_resolve: bool
    box: Box


@dataclass(frozen=True, slots=True)
class Section:
    """A place of the item: what changes there, if anything, and what was said about it."""

    name: str
    label: str
    box: Box
    threads: list[Thread]
    resolved: list[Thread]
    change: Any = None
    part: Any = None


@dataclass(slots=True)
class Said:
    """All that was said about an item, by place."""

    threads: dict[str, list[Thread]] = field(default_factory=dict)

    def section(self, name: str, label: str, box: Box, **shown: Any) -> Section:
        found = self.threads.pop(name, [])
        return Section(
            name,
            label,
            box,
            [one for one in found if one.comment.is_open],
            [one for one in found if not one.comment.is_open],
            **shown,
        )


class ReviewMixin:
    """The page behind “Review” of an item with a public state, and its panel in the form."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.review_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_review"
        return [path("<int:pk>/review/", view, name=name), *super().get_urls()]

    def review_url(self, item: Publishable) -> str:
        return reverse(f"{self._admin_name}_review", args=[item.pk])

    def review_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        item = self.get_object(request, str(pk))
        if item is None:
            raise Http404
        roles.require(request.user, Act.COMMENT, item)
        typed = Box()
        if request.method == "POST":
            act = {
                "comment": self._comment,
                "resolve": self._resolve,
                "reopen": self._resolve,
                "publish": self._publish,
            }.get(request.POST.get("act"))
            if act is None:
                raise Http404
            answer = act(request, item)
            if isinstance(answer, HttpResponse):
                return answer
            typed = answer
        return self._review_page(request, item, typed)

    # What can be done on it

    def _comment(self, request: HttpRequest, item: Publishable) -> HttpResponse | Box:
        """Store it; or give back what was typed, with what is wrong."""
        form = CommentForm(request.POST, item)
        is_valid = form.is_valid()
        given = form.cleaned_data
        try:
            if not is_valid:
                raise ValidationError([said for errors in form.errors.values() for said in errors])
            made = comments.comment(item, by=request.user, **given)
        except ValidationError as error:
            return Box(
                field=given.get("field", ""),
                answers=given["answers"].pk if given.get("answers") else None,
                text=request.POST.get("text", ""),
                error=" ".join(error.messages),
                mentions=frozenset(person.pk for person in given.get("mentions", ())),
            )
        self.message_user(request, gettext("Your comment is kept."), messages.SUCCESS)
        return self._to_comment(item, made)

    def _resolve(self, request: HttpRequest, item: Publishable) -> HttpResponse:
        number = request.POST.get("comment", "")
        found = comments.on(item).filter(pk=number).first() if number.isdecimal() else None
        if found is None:
            raise Http404
        verb, said = comments.resolve, gettext("The comment is resolved.")
        if request.POST["act"] == "reopen":
            verb, said = comments.reopen, gettext("The comment is open again.")
        try:
            verb(found, by=request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.WARNING)
        else:
            self.message_user(request, said, messages.SUCCESS)
        return self._to_comment(item, found)

    def _publish(self, request: HttpRequest, item: Publishable) -> HttpResponse:
        """On to the verb, unless the draft is another one by now than the person has read."""
        if request.POST.get("seen") != _token(item, working_copies.of(item)):
            text = gettext(
                "The draft has changed since you opened this page. Read it again, then publish it."
            )
            self.message_user(request, text, messages.WARNING)
            return HttpResponseRedirect(self.review_url(item))
        return HttpResponseRedirect(self._verb_url(item, VERBS["publish"]), preserve_request=True)

    def _to_comment(self, item: Publishable, comment: Comment) -> HttpResponse:
        return HttpResponseRedirect(f"{self.review_url(item)}#comment-{comment.pk}")

    # The page

    def _review_page(self, request: HttpRequest, item: Publishable, typed: Box) -> HttpResponse:
        # Before the draft is read: what is saved in between has not been seen.
        seen = _token(item, working_copies.of(item))
        copy = working_copies.of(item)
        difference, now, has_conflicts = _against_live(item, copy)
        making = drafts.making_of(item, copy)
        possible = {verb.name for verb in self._possible(request, item, copy)}
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Review"),
            "opts": self.opts,
            "item": item,
            "back": self._change_url(item),
            "copy": copy,
            "stage": copy.stage if copy else item.status,
            "is_draft": bool(copy) or not item.is_public,
            "difference": difference,
            "conflicts": self.conflicts_url(item) if has_conflicts else "",
            **self._sections(request, item, difference, now, typed),
            "typed": typed,
            "people": comments.audience(type(item)).exclude(pk=request.user.pk),
            "writers": drafts.people(making.writers),
            "submitted": making.submitted,
            "preview": self.preview_url(item),
            "checklist": {"rows": self.checklist_rows(item), "url": self._checklist_url(item)},
            "hint": self._hint(request, item),
            "publish": "publish" in possible,
            "return": self._verb_url(item, VERBS["return"]) if "return" in possible else "",
            "note": NoteForm(auto_id="return-%s")["note"],
            "seen": seen,
        }
        return TemplateResponse(request, "admin/ecosystem/review.html", context)

    def _sections(
        self, request: HttpRequest, item: Publishable, difference: Difference, now: State, typed: Box
    ) -> dict[str, Any]:
        """The whole, what changes, and what was said about what does not change."""
        said = self._said(request, item, now, typed)
        labels = comments.places_of(type(item))

        def box(name: str) -> Box:
            return typed if typed.error and not typed.answers and typed.field == name else Box(name)

        changed = [
            *(said.section(one.name, one.label, box(one.name), change=one) for one in difference.fields),
            *(said.section(one.name, one.label, box(one.name), part=one) for one in difference.parts),
        ]
        whole = said.section("", "", box(""))
        unchanged = [said.section(name, labels.get(name, name), box(name)) for name in list(said.threads)]
        sections = [whole, *changed, *unchanged]
        if typed.error and not typed.answers and typed not in [one.box for one in sections]:
            whole = Section("", "", typed, whole.threads, whole.resolved)
        return {
            "whole": whole,
            "changed": changed,
            "unchanged": unchanged,
            "places": _choosable(type(item), labels),
            "count": sum(len(one.threads) for one in sections),
        }

    def _said(self, request: HttpRequest, item: Publishable, now: State, typed: Box) -> Said:
        found = list(comments.on(item))
        earlier = comments.on_earlier_wording(found, now)
        may_all = bool(found) and comments.may_resolve_all(request.user, item)
        said = Said()
        for one in found:
            may = may_all or one.author_id == request.user.pk
            box = typed if typed.answers == one.pk else Box(one.field, one.pk)
            said.threads.setdefault(one.field, []).append(Thread(one, one.pk in earlier, may, box))
        return said

    # In the form

    def review_panel(self, request: HttpRequest, item: Publishable | None) -> dict[str, Any] | None:
        """What is open, in a line each by the name of its field, and the way to the review page."""
        if item is None or not roles.may(request.user, Act.COMMENT, item):
            return None
        found = list(comments.open_on(item))
        labels = comments.places_of(type(item))
        said = ngettext("%(count)d open comment", "%(count)d open comments", len(found))
        return {
            "url": self.review_url(item),
            "count": len(found),
            "said": said % {"count": len(found)} if found else gettext("no open comments"),
            "rows": [(labels.get(one.field, one.field), one) for one in found[:IN_PANEL]],
            "more": max(0, len(found) - IN_PANEL),
        }


def _against_live(item: Publishable, copy: WorkingCopy | None) -> tuple[Difference, State, bool]:
    """What publishing would change for readers, what the draft says, and whether somebody must decide first.

    What readers do not see yet is shown as a whole.
    """
    live = revisions.snapshot(type(item)._base_manager.get(pk=item.pk))
    if copy is None:
        return state_differences.compare(live if item.is_public else None, live), live, False
    merged, conflicts = working_copies.next_state(item)
    after = copy.latest.data if conflicts else merged
    before = live if item.is_public else None
    return state_differences.compare(before, after), copy.latest.data, bool(conflicts)


def _token(item: Publishable, copy: WorkingCopy | None) -> str:
    """Tells the draft that somebody has read from a later one, and from what readers were given meanwhile."""
    newest = revisions.of(item).values_list("pk", flat=True).first() or 0
    return f"{newest}-{copy.pk if copy else 0}"


def _choosable(model: type[Publishable], labels: dict[str, str]) -> Iterable[tuple[str, str]]:
    """The places that can be chosen from a list: those that somebody can edit."""
    parts = revisions.PARTS[model]
    return [
        (name, label)
        for name, label in labels.items()
        if name in parts or model._meta.get_field(name).editable
    ]
