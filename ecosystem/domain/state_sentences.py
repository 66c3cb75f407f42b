"""What happened between two stored states, in sentences: to the public state, and to words that stayed."""

from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecosystem.domain.state_values import moment_of, plain
from ecosystem.models import Status
from ecosystem.values.rich_text_differences import FIGURE, Remark

PUBLIC_STATE = ("status", "published_at", "withdrawn_at", "withdrawn_notice", "recorded_at")
Fields = dict[str, Any]


def public_sentence(old: Fields | None, new: Fields | None) -> str:
    """What became of the public state, in one sentence; empty where it stayed."""
    if new is None or all((old or {}).get(name) == new.get(name) for name in PUBLIC_STATE):
        return ""
    if old is None or old.get("status") != new.get("status"):
        return _became(old, new)
    for name, sentence in MOVED.items():
        if old.get(name) != new.get(name):
            known = [_moment(state.get(name)) for state in (old, new)]
            return str(sentence) % {"before": known[0] or "–", "after": known[1] or "–"}
    return ""


MOVED = {
    "published_at": gettext_lazy("It is public from %(after)s on, not from %(before)s."),
    "withdrawn_at": gettext_lazy("It was withdrawn on %(after)s, not on %(before)s."),
    "withdrawn_notice": gettext_lazy(
        "The notice of its withdrawal says “%(after)s” and no longer “%(before)s”."
    ),
    "recorded_at": gettext_lazy("It counts as known here from %(after)s on, not from %(before)s."),
}


SCHEDULED, ANEW = "scheduled", None
# By what it became and what it was; ANEW stands for everything that is not named.
BECAME: dict[tuple[str, str | None], Any] = {
    (SCHEDULED, ANEW): gettext_lazy("Scheduled: readers see it from %(moment)s on."),
    (Status.PUBLISHED, ANEW): gettext_lazy("Published: readers see it from %(moment)s on."),
    (Status.PUBLISHED, Status.WITHDRAWN): gettext_lazy("Published again: readers see it from %(moment)s on."),
    (Status.WITHDRAWN, ANEW): gettext_lazy("Withdrawn on %(withdrawn)s; readers are told “%(notice)s”"),
    (Status.IN_REVIEW, ANEW): gettext_lazy("Submitted for review."),
    (Status.DRAFT, ANEW): gettext_lazy("It is a draft."),
    (Status.DRAFT, Status.IN_REVIEW): gettext_lazy("Returned to draft."),
    (Status.DRAFT, Status.PUBLISHED): gettext_lazy("No longer scheduled: it is a draft again."),
}


def _became(old: Fields | None, new: Fields) -> str:
    was, status = plain((old or {}).get("status")), plain(new.get("status"))
    if not status:
        return ""
    is_coming = status == Status.PUBLISHED and _is_coming(new.get("published_at"))
    became = SCHEDULED if is_coming else status
    sentence = BECAME.get((became, was)) or BECAME.get((became, ANEW)) or _("Public state: %(state)s.")
    return str(sentence) % {
        "moment": _moment(new.get("published_at")),
        "withdrawn": _moment(new.get("withdrawn_at")),
        "notice": plain(new.get("withdrawn_notice")),
        "state": plain(status),
    }


def _is_coming(text: str | None) -> bool:
    try:
        return parse_datetime(text or "") > timezone.now()
    except (TypeError, ValueError):
        return False


def _moment(text: str | None) -> str:
    try:
        return moment_of(text or "")
    except (TypeError, ValueError):
        return plain(text)


BLOCKS = {
    "h2": gettext_lazy("a heading"),
    "h3": gettext_lazy("a lower heading"),
    "p": gettext_lazy("a paragraph"),
    "li": gettext_lazy("an item of a list"),
    "blockquote": gettext_lazy("a quotation"),
    "caption": gettext_lazy("the caption of a table"),
    "th": gettext_lazy("a heading of a table"),
    "td": gettext_lazy("a cell of a table"),
    "tr": gettext_lazy("a row of a table"),
    "": gettext_lazy("plain text"),
}


def remark_sentence(remark: Remark) -> str:
    """The remark for people; empty where another one says it, as for what is no list any more."""
    said = {"words": remark.words, "before": remark.before, "after": remark.after}
    if remark.aspect == "items":
        return str(LISTS[remark.after]) % said if remark.before and remark.after else ""
    if remark.aspect == "block":
        said |= {side: str(BLOCKS.get(said[side], said[side])) for side in ("before", "after")}
    gained, lost, replaced = PATTERNS[remark.aspect]
    sentence = gained if not remark.before else replaced if remark.after else lost
    return str(sentence) % said


LISTS = {
    "ul": gettext_lazy("“%(words)s” is now a list without numbers."),
    "ol": gettext_lazy("“%(words)s” is now a numbered list."),
}
_BLOCK = gettext_lazy("“%(words)s” is now %(after)s, no longer %(before)s.")
_STRONG = gettext_lazy("“%(words)s” is now strong."), gettext_lazy("“%(words)s” is no longer strong.")
_EM = gettext_lazy("“%(words)s” is now emphasized."), gettext_lazy("“%(words)s” is no longer emphasized.")
_FIGURE = gettext_lazy("The figure (%(before)s) is now (%(after)s).")
# For each aspect: what is new, what is gone, what took the place of something.
PATTERNS: dict[str, tuple[Any, Any, Any]] = {
    "block": (_BLOCK, _BLOCK, _BLOCK),
    "link": (
        gettext_lazy("“%(words)s” is now a link to %(after)s."),
        gettext_lazy("“%(words)s” is no longer a link; it led to %(before)s."),
        gettext_lazy("The link “%(words)s” now leads to %(after)s instead of %(before)s."),
    ),
    "strong": (*_STRONG, _STRONG[0]),
    "em": (*_EM, _EM[0]),
    "language": (
        gettext_lazy("“%(words)s” is now marked as language %(after)s."),
        gettext_lazy("“%(words)s” is no longer marked as language %(before)s."),
        gettext_lazy("“%(words)s” is now marked as language %(after)s, not %(before)s."),
    ),
    "cited": (
        gettext_lazy("“%(words)s” now names the source %(after)s."),
        gettext_lazy("“%(words)s” no longer names the source %(before)s."),
        gettext_lazy("“%(words)s” now names the source %(after)s instead of %(before)s."),
    ),
    FIGURE: (_FIGURE, _FIGURE, _FIGURE),
}
