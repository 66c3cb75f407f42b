"""An address of every kind of page of the editors' side, of items of the seeded site that are being worked on."""

from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse

from ecosystem.domain import comments, publishing, revisions, sets, superseding, working_copies
from ecosystem.models import (
    Article,
    Event,
    FigureReference,
    Initiative,
    Metric,
    Observation,
    Organization,
    Person,
    Place,
    PublishingSet,
    ReaderReport,
    Revision,
    Source,
    Topic,
    User,
)
from tests.desk_factories import ReaderReportFactory
from tests.domain.test_comments import rewrite
from tests.factories import DraftArticleFactory, MissedSearchFactory

# What a checklist has something to say about: a number without a record, a name that could be linked, pasted words.
BODY = "<p>Shanghai has 1,234 firms that make chips, and Fudan University. Write to weixin: abc12345.</p>"


@dataclass(frozen=True, slots=True)
class Desk:
    """Items in the middle of their way to readers."""

    story: Article
    university: Organization
    draft: Article
    gone: Revision
    found: PublishingSet
    value: Observation
    wrong: Observation
    report: ReaderReport


def begin(by: User) -> Desk:
    """Next versions in review, with comments; a new article; a set; something deleted; two who changed the same."""
    story = Article.objects.get(slug="ecosystem-story")
    university = Organization.objects.get(slug="fudan-university")
    rewrite(story, by, title="What the figures say", standfirst="Two sentences are new here.")
    rewrite(university, by, summary="A university in Yangpu.", founded="1905-09")
    publishing.submit(story, by=by)
    comments.comment(story, "Which figure says that?", by=by, field="standfirst")
    draft = DraftArticleFactory(title="A new story", standfirst="What it says.", body=BODY)
    revisions.record(draft, by=by)
    deleted = DraftArticleFactory(title="Given up")
    gone = revisions.record(deleted, by=by)
    deleted.delete()
    found = sets.begin("Yearbook 2026", by=by)
    sets.add(found, [university, draft], by=by)
    MissedSearchFactory(text="zhangjiang lab")
    wrong = corrected_without_a_word(by)
    value = Observation.objects.current().first()
    return Desk(story, university, draft, gone, found, value, wrong, ReaderReportFactory())


def corrected_without_a_word(by: User) -> Observation:
    """A value that was an error of ours, of which the article that shows it has told nobody."""
    shown = (
        FigureReference.objects.filter(article__in=Article.objects.published()).exclude(shown=None).first()
    )
    revisions.record(shown.article, by=by)
    old = Observation.objects.current().filter(metric=shown.shown).order_by("-period_end").first()
    changes = {"reason": Observation.SupersedeReason.OUR_ERROR, "explanation": "Read in the wrong row."}
    superseding.supersede(old, by=by, value=old.value + 1, **changes)
    return old


def at(item: Model, page: str = "change", *more: object) -> str:
    return reverse(f"admin:ecosystem_{item._meta.model_name}_{page}", args=[item.pk, *more])


def of(model: type[Model], page: str) -> str:
    return reverse(f"admin:ecosystem_{model._meta.model_name}_{page}")


def conflict_of(desk: Desk, by: User) -> str:
    """The page on which somebody decides about a title that another one has changed too."""
    seen = working_copies.shown(desk.draft).data
    rewrite(desk.draft, by, title="Theirs")
    mine = [{**seen[0], "fields": {**seen[0]["fields"], "title": "Mine"}}, *seen[1:]]
    aside = working_copies.keep(desk.draft, seen, mine, by=by).revision
    base = revisions.of(desk.draft).last()
    return f"{at(desk.draft, 'conflicts')}?mine={aside.pk}&seen={base.pk}"


def addresses(desk: Desk, by: User) -> dict[str, dict[str, str]]:
    """The pages by what they are for."""
    return {
        "the desk and lists": _lists(),
        "forms": _forms(desk),
        "what is asked before an act": {**_questions(desk), "conflict": conflict_of(desk, by)},
        "review and history": _history(desk),
    }


def _lists() -> dict[str, str]:
    return {
        "desk": "/admin/",
        **{name: reverse("desk", args=[name]) for name in ("mine", "drafts", "review", "changes")},
        "search": "/admin/search/?q=fudan",
        "reviews": reverse("admin:ecosystem_review_queue"),
        "standings": reverse("admin:ecosystem_observation_queue"),
        **{
            f"list of {model._meta.verbose_name_plural}": of(model, "changelist")
            for model in (Article, Organization, Observation, PublishingSet, Revision, ReaderReport)
        },
        "log": reverse("admin:ecosystem_auditentry_changelist"),
        "searches": reverse("admin:ecosystem_missedsearch_changelist"),
    }


def _forms(desk: Desk) -> dict[str, str]:
    kinds = (Event, Initiative, Place, Source, Metric)
    return {
        "next version of a story": at(desk.story),
        "next version of an organization": at(desk.university),
        "draft": at(desk.draft),
        "new article": of(Article, "add"),
        "new value": of(Observation, "add"),
        "public value": at(desk.value),
        **{f"form of {kind._meta.verbose_name}": at(kind.objects.published().first()) for kind in kinds},
        "person": at(Person.objects.first()),
        "topic": at(Topic.objects.first()),
        "set": at(desk.found),
        "report of a reader": at(desk.report),
    }


def _questions(desk: Desk) -> dict[str, str]:
    story, university, draft, found, value = desk.story, desk.university, desk.draft, desk.found, desk.value
    return {
        "checklist": at(draft, "checklist"),
        "withdraw": at(story, "verb", "withdraw"),
        "schedule": at(draft, "verb", "schedule"),
        "return": at(story, "verb", "return"),
        "discard": at(story, "verb", "discard"),
        "rename": at(university, "rename"),
        "uses": at(university, "uses"),
        "delete": at(draft, "delete"),
        "set for an item": at(story, "set"),
        "set, published": at(found, "verb", "publish"),
        "set, scheduled": at(found, "verb", "schedule"),
        "correct": at(value, "correct"),
        "tell": at(desk.wrong, "tell"),
        "decide": at(value, "standing", "dispute"),
        "suppress": at(value, "suppress", "value"),
    }


def _history(desk: Desk) -> dict[str, str]:
    """With the oldest state of the story, and its next version."""
    story = desk.story
    newest, *_between, oldest = revisions.of(story)
    return {
        "review": at(story, "review"),
        "review of a new item": at(desk.draft, "review"),
        "preview": at(story, "preview"),
        "history": at(story, "history"),
        "comparison": f"{at(story, 'compare')}?a={oldest.pk}&b={newest.pk}",
        "taking up": at(story, "take_up", oldest.pk),
        "deleted state": at(desk.gone),
    }
