"""Comments on drafts: said, answered, resolved, and who is meant by them."""

from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ecosystem.domain import audit, drafts, revisions, roles, state_differences, working_copies
from ecosystem.domain.publishables import KINDS, items_of, label_of
from ecosystem.domain.state_fields import BOOKKEEPING, STATEMENT
from ecosystem.domain.state_names import Names, State
from ecosystem.domain.state_sentences import PUBLIC_STATE
from ecosystem.domain.wording import listed
from ecosystem.models import Act, Comment, Observation, Revision, User
from ecosystem.models.comments import LONGEST_COMMENT
from ecosystem.models.publishing import Publishable
from ecosystem.values.mentions import known_name, mentions_in

# Whose permissions count; the other ways to sign in only keep people out.
PERMISSIONS = "django.contrib.auth.backends.ModelBackend"
OPEN = Q(resolved_at=None, answers=None) | Q(answers__isnull=False, answers__resolved_at=None)


class CommentError(ValidationError):
    """Nothing was said, or nothing was resolved; the message says what to do."""


def comment(
    item: Publishable,
    text: str,
    *,
    by: User,
    field: str = "",
    answers: Comment | None = None,
    mentions: Iterable[User] = (),
) -> Comment:
    """Say something about the draft of an item: on a field, on the whole, or as an answer to another comment.

    Whoever is named in the text by @ is mentioned like those who are given. Raises CommentError for names of nobody
    who can see the item, and then nothing is stored.
    """
    roles.require(by, Act.COMMENT, item)
    text = _checked(text)
    people = _mentioned(item, text, mentions)
    with transaction.atomic():
        first = _answered(item, answers) if answers else None
        field = first.field if first else field
        if field and field not in places_of(type(item)):
            raise CommentError(
                _("There is no field of that name any more. Choose another one, or comment on the whole.")
            )
        made = Comment.objects.create(
            kind=item._meta.model_name,
            item_id=item.pk,
            field=field,
            text=text,
            author=by,
            answers=first,
            revision=working_copies.shown(item),
        )
        made.mentioned.set(person for person in people if person != by)
        audit.note(Act.COMMENT, item, by=by, detail=place_label(type(item), field))
    return made


def resolve(comment: Comment, *, by: User) -> None:
    """Say that nothing is to be done about a comment and its answers any more."""
    with transaction.atomic():
        found, item = _locked(comment, by)
        if not found.is_open:
            raise CommentError(_("Somebody has resolved this comment already."))
        found.resolved_by, found.resolved_at = by, timezone.now()
        found.save(update_fields=["resolved_by", "resolved_at"])
        audit.note(Act.COMMENT, item, by=by, detail=_("comment resolved"))


def reopen(comment: Comment, *, by: User) -> None:
    """Take a resolved comment up again."""
    with transaction.atomic():
        found, item = _locked(comment, by)
        if found.is_open:
            raise CommentError(_("This comment is open already."))
        found.resolved_by = found.resolved_at = None
        found.save(update_fields=["resolved_by", "resolved_at"])
        audit.note(Act.COMMENT, item, by=by, detail=_("comment taken up again"))


def on(item: Publishable) -> QuerySet:
    """All comments on an item, the oldest first, each with its answers."""
    kind, number = label_of(item)
    answers = Comment.objects.select_related("author").prefetch_related("mentioned")
    found = Comment.objects.filter(kind=kind, item_id=number, answers=None)
    found = found.select_related("author", "resolved_by").prefetch_related("mentioned")
    return found.prefetch_related(Prefetch("answered_by", answers))


def open_on(item: Publishable) -> QuerySet:
    """The comments on an item that nobody has resolved, the oldest first."""
    return on(item).filter(resolved_at=None)


def waiting_for(user: User) -> list[Comment]:
    """What mentions the person and is not resolved, the newest first, each with its item as `item`.

    What is gone, and what the person may not see any more, is left out.
    """
    found = list(
        Comment.objects.filter(OPEN, mentioned=user)
        .select_related("author", "answers")
        .order_by("-created_at", "-pk")
    )
    items = items_of((one.kind, one.item_id) for one in found)
    for one in found:
        one.item = items.get((one.kind, one.item_id))
    return [one for one in found if one.item and roles.may(user, Act.COMMENT, type(one.item))]


def audience(model: type[Model]) -> QuerySet:
    """The people who can see items of a kind, and may therefore be mentioned."""
    staff = User.objects.filter(is_staff=True)
    able = Q(pk=None)
    for right in ("view", "change"):
        permitted = User.objects.with_perm(
            f"{model._meta.app_label}.{right}_{model._meta.model_name}", backend=PERMISSIONS
        )
        able |= Q(pk__in=permitted.values("pk"))
    return staff.filter(able).order_by("username")


def may_resolve_all(user: User, item: Publishable) -> bool:
    """Whether the person may resolve what others have said: editors may, and whoever writes the draft."""
    if not roles.may(user, Act.COMMENT, item):
        return False
    if roles.may(user, Act.REVIEW, item) or audit.begun_by(item, user):
        return True
    return user.pk in drafts.making_of(item, working_copies.of(item)).writers


def on_earlier_wording(comments: Iterable[Comment], now: State) -> set[int]:
    """The keys of those comments whose field says something else by now than when they were made."""
    about = [one for one in comments if one.field]
    states = Revision.objects.in_bulk({one.revision_id for one in about})
    names = Names([now, *(state.data for state in states.values())])
    changed = {
        pk: state_differences.compare(state.data, now, names=names).names for pk, state in states.items()
    }
    return {one.pk for one in about if one.field in changed[one.revision_id]}


def places_of(model: type[Model]) -> dict[str, str]:
    """What can be commented on besides the whole: fields and kinds of rows, by name, with their labels."""
    return dict(_places(model))


def place_label(model: type[Model], name: str) -> str:
    """The label of a field; of one that is no more its name, and of the whole nothing."""
    return places_of(model).get(name, name)


def _places(model: type[Model]) -> Iterator[tuple[str, str]]:
    untold = {*BOOKKEEPING, *PUBLIC_STATE, *(STATEMENT[1:] if model is Observation else ())}
    for field in (*model._meta.fields, *model._meta.many_to_many):
        if field.name not in untold and not field.primary_key:
            yield field.name, str(capfirst(field.verbose_name))
    for relation in revisions.PARTS.get(model, ()):
        part = model._meta.get_field(relation).related_model
        yield relation, str(capfirst(part._meta.verbose_name_plural))


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise CommentError(_("Write what you want to say."))
    if len(text) > LONGEST_COMMENT:
        raise CommentError(_("Say it in %(count)d characters at most.") % {"count": LONGEST_COMMENT})
    return text


def _mentioned(item: Publishable, text: str, given: Iterable[User]) -> list[User]:
    able = list(audience(type(item)))
    by_name = {person.get_username().casefold(): person for person in able}
    found, unknown = {}, []
    for mention in mentions_in(text):
        if name := known_name(mention, by_name):
            found[by_name[name].pk] = by_name[name]
        else:
            unknown.append(f"@{mention}")
    for person in given:
        if person in able:
            found[person.pk] = person
        else:
            unknown.append(f"@{person.get_username()}")
    if unknown:
        said = _(
            "Nobody who can see this is called %(names)s. Correct the name, or choose people from the list;"
            " where no person is meant, write a space after the @."
        )
        raise CommentError(said % {"names": listed(unknown)})
    return list(found.values())


def _answered(item: Publishable, answered: Comment) -> Comment:
    """The first comment of those that the answer joins; others who would resolve it wait."""
    first = Comment.objects.select_for_update().get(pk=answered.answers_id or answered.pk)
    if (first.kind, first.item_id) != label_of(item):
        raise CommentError(_("That comment is on something else. Open it there."))
    if not first.is_open:
        raise CommentError(_("That comment is resolved. Take it up again first."))
    return first


def _locked(comment: Comment, by: User) -> tuple[Comment, Publishable]:
    """The comment as it is stored, with its item, for somebody who may resolve it."""
    found = Comment.objects.select_for_update().get(pk=comment.answers_id or comment.pk)
    model = KINDS.get(found.kind)
    item = model._base_manager.filter(pk=found.item_id).first() if model else None
    if item is None:
        raise CommentError(_("What this comment was on is gone."))
    roles.require(by, Act.COMMENT, item)
    if found.author_id != by.pk and not may_resolve_all(by, item):
        raise roles.NotAllowedError(
            _("Only who wrote the comment or the draft, or an editor, may resolve it.")
        )
    return found, item
