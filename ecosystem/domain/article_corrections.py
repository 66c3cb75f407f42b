"""Our error in a value was an error of every article that showed it: their corrections, made from the figures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ecosystem.domain import audit, revisions, roles, wording
from ecosystem.domain.ripple import SENTENCE, Change, Ripple
from ecosystem.models import Act, Article, Correction, Observation, User
from ecosystem.values.languages import CHINESE, ENGLISH

SEPARATORS = {ENGLISH: "; ", CHINESE: "；"}
LONGEST = Correction._meta.get_field("text").max_length


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
    return [
        Proposal(
            article, text, _text(value, changes, CHINESE), frozenset(one.sentence.key for one in changes)
        )
        for article, changes in ripple.of_kind(SENTENCE)
        if isinstance(article, Article) and article.is_public and (text := _text(value, changes, ENGLISH))
    ]


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


def _text(value: Observation, changes: Sequence[Change], language: str) -> str:
    """What the article says now instead of what it said, as many figures as there is room for; each once."""
    with override(language):
        name = value.metric.name_zh if language == CHINESE and value.metric.name_zh else value.metric.name
        words = {"metric": name, "period": wording.period_of(value)}
        text = figures = ""
        for said in dict.fromkeys(_said(changes, language)):
            figures = SEPARATORS[language].join(filter(None, [figures, said]))
            words["figures"] = figures
            longer = _("%(metric)s, %(period)s: this article now says %(figures)s.") % words
            if len(longer) > LONGEST:
                break
            text = longer
        return text


def _said(changes: Iterable[Change], language: str) -> Iterator[str]:
    for change in changes:
        for one in change.readings:
            if one.language == language and one.before:
                words = {"old": one.before, "new": one.after or _("nothing")}
                yield _("%(new)s instead of %(old)s") % words
