"""Words that must be nowhere: what the index keeps longer than the records that had them."""

from pyroaring import BitMap

from ecosystem.domain.index import full_text, journal
from ecosystem.domain.index.words import Scope
from ecosystem.models import NameForm, Term, TermDeletion
from ecosystem.values.queries import parse
from ecosystem.values.sounds import joined


def forget(text: str) -> None:
    """Let no trace remain of the words of a text that nothing holds any more. Takes long where the index is large."""
    whole = {form for form in (parse(text).compact, joined(text)) if form}
    words = {atom.text for atom in parse(text).atoms} | whole
    # A name of several scripts is one term as it sounds, with whatever else stands in it.
    for form in whole:
        words.update(Term.objects.filter(text__contains=form).values_list("text", flat=True))
    gone = [word for word in words if not _is_held(word)]
    TermDeletion.objects.filter(term__text__in=gone).delete()
    Term.objects.filter(text__in=gone).delete()
    full_text.compact()
    journal.forget()


def _is_held(word: str) -> BitMap:
    atoms, nothing = parse(word).atoms, dict.fromkeys(Scope.values, frozenset())
    return full_text.holding(atoms, Scope.ANYWHERE, nothing) or full_text.named([word], NameForm.Kind.values)
