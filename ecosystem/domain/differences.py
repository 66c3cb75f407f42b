"""How a value of a period relates to the leading one: in one sentence, made from what is recorded of both."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from ecosystem.domain.headlines import agree
from ecosystem.domain.wording import listed, method_of
from ecosystem.models import Observation


def difference(value: Observation, leading: Observation) -> str:
    """That the value agrees with the leading one, or in what they differ; nothing where one has no number."""
    if value is leading or value.value is None or leading.value is None:
        return ""
    if agree(value, leading):
        return _("Agrees with the leading value within rounding.")
    ways = list(_ways(value, leading))
    if not ways:
        return _(
            "Differs from the leading value in the number alone:"
            " coverage, qualifier, release and kind of source are the same."
        )
    return _("Differs from the leading value in %(ways)s.") % {"ways": listed(ways)}


def _ways(value: Observation, leading: Observation) -> Iterator[str]:
    aspects: tuple[tuple[str, Callable[[Observation], str]], ...] = (
        (_("coverage"), _coverage),
        (_("qualifier"), Observation.get_qualifier_display),
        (_("release"), Observation.get_release_display),
        (_("kind of source"), lambda one: one.source.get_kind_display()),
    )
    for name, of in aspects:
        if of(value) != of(leading):
            words = {"aspect": name, "own": of(value), "leading": of(leading)}
            yield _("%(aspect)s (%(own)s, not %(leading)s)") % words


def _coverage(value: Observation) -> str:
    return method_of(value) or _("that of the metric")
