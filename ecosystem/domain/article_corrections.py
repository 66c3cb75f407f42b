"""Our error in a value was an error of every article that showed it: their corrections, made from the figures."""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ecosystem.domain import audit, figure_records, past_pages, revisions, roles, wording
from ecosystem.domain.figure_mentions import mentions_of
from ecosystem.domain.figures import resolve_references
from ecosystem.domain.formulas import computed_from
from ecosystem.domain.ripple import SENTENCE, Change, Reading, Ripple, concerns, readings_of
from ecosystem.models import Act, Article, Correction, Metric, Observation, Ranking, User
from ecosystem.values.languages import CHINESE, ENGLISH

SEPARATORS = {ENGLISH: "; ", CHINESE: "；"}
LONGEST = Correction._meta.get_field("text").max_length
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A correction that an article may get; keys: the sentences that it is about."""

    article: Article
    text: str
    text_zh: str
    keys: frozenset[str]


def proposals(value: Observation, ripple: Ripple) -> list[Proposal]:
    """One for each public article in which a figure reads otherwise with the value, in the order of the ripple.

    `value` is the one that was wrong: the text names its metric and period.
    """
    found = (
        _proposal(value, article, [reading for one in changes for reading in one.readings], changes)
        for article, changes in ripple.of_kind(SENTENCE)
        if isinstance(article, Article) and article.is_public
    )
    return [one for one in found if one]


def is_error_of_ours(value: Observation) -> bool:
    """Whether a public value has taken this one's place because we were wrong."""
    reason = Observation.SupersedeReason.OUR_ERROR
    return value.is_superseded and value.superseded_by.supersede_reason == reason


def late_proposals(value: Observation) -> list[Proposal]:
    """The same after the error is corrected: of the articles that have told their readers of no error since.

    One for each public article that showed the wrong value, and says now what it said right after the correction.
    """
    if not is_error_of_ours(value):
        return []
    newer = value.superseded_by
    metrics = [value.metric, *computed_from([value.metric])]
    told = Correction.objects.filter(happened_on__gte=timezone.localdate(newer.published_at))
    articles = (
        Article.objects.published()
        .filter(pk__in=figure_records.references_to(metrics).values("article"))
        .exclude(pk__in=told.exclude(article=None).values("article"))
        .order_by("title", "pk")
    )
    found = (_late_proposal(value, article, metrics, newer.published_at) for article in articles)
    return [one for one in found if one]


def _late_proposal(
    value: Observation, article: Article, metrics: Sequence[Metric], corrected: datetime
) -> Proposal | None:
    """By the figures that the article has shown since before that moment."""
    before = corrected - MOMENT
    past = copy(article)
    past_pages.take_back(past, before)  # where it was not public it says nothing
    slugs = {metric.slug for metric in metrics}
    rankings = set(Ranking.objects.filter(metrics__in=metrics).values_list("slug", flat=True))
    was, still = ([one.reference for one in mentions_of(page)] for page in (past, article))
    shown = [
        one
        for one in dict.fromkeys(was)
        if concerns(one, slugs, rankings) and not one.known_on and one in still
    ]
    then, after, now = (resolve_references(shown, at=at) for at in (before, corrected, None))
    readings = readings_of(shown, then, after)
    lasting = {(one.language, one.after) for one in readings_of(shown, then, now)}
    return _proposal(value, article, [one for one in readings if (one.language, one.after) in lasting])


def _proposal(
    value: Observation, article: Article, readings: Sequence[Reading], changes: Sequence[Change] = ()
) -> Proposal | None:
    text, text_zh = (_text(value, readings, language) for language in (ENGLISH, CHINESE))
    return Proposal(article, text, text_zh, frozenset(one.sentence.key for one in changes)) if text else None


def add_correction(article: Article, *, text: str, text_zh: str = "", by: User) -> Correction:
    """Tell the readers of a public article of an error in it, today.

    It goes to what readers see; a draft of its next version takes it over when that is published. Raises
    ValidationError when the article is not public, or the text is empty or too long.
    """
    roles.require(by, Act.CORRECT, article)
    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=article.pk)
        if not article.is_public:
            raise ValidationError(
                _("“%(article)s” is not public, so it has no readers to tell.") % {"article": article}
            )
        notice = Correction(
            article=article, happened_on=timezone.localdate(), text=text.strip(), text_zh=text_zh.strip()
        )
        notice.full_clean()
        notice.save()
        revisions.record(article, by=by, note=_("correction added"))
        audit.note(Act.CORRECT, article, by=by, detail=notice.text)
    return notice


def _text(value: Observation, readings: Sequence[Reading], language: str) -> str:
    """What the article says now instead of what it said, as many figures as there is room for; each once."""
    with override(language):
        name = value.metric.name_zh if language == CHINESE and value.metric.name_zh else value.metric.name
        words = {"metric": name, "period": wording.period_of(value)}
        text = figures = ""
        for said in dict.fromkeys(_said(readings, language)):
            figures = SEPARATORS[language].join(filter(None, [figures, said]))
            words["figures"] = figures
            longer = _("%(metric)s, %(period)s: this article now says %(figures)s.") % words
            if len(longer) > LONGEST:
                break
            text = longer
        return text


def _said(readings: Iterable[Reading], language: str) -> Iterator[str]:
    for one in readings:
        if one.language == language and one.before:
            words = {"old": one.before, "new": one.after or _("nothing")}
            yield _("%(new)s instead of %(old)s") % words
