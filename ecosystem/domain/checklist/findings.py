"""What a check before publishing finds, and how a signature recognizes it again."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

from django.core.exceptions import ValidationError

DIGEST_BYTES = 16


class Level(StrEnum):
    """An error forbids publishing, a warning wants a signed reason, a note is only shown."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found.

    field: the name of the field, and with it the language. quote: the words concerned. advice: what to do. code: what
    to write. about: what it is about, in no language of the interface; it decides whether a signature still holds.
    check: the name of the check that found it.
    """

    level: Level
    message: str
    field: str = ""
    quote: str = ""
    advice: str = ""
    code: str = ""
    about: str = ""
    check: str = ""

    @property
    def key(self) -> str:
        """The same while check, field and what it is about are the same."""
        parts = "\0".join((self.check, self.field, self.about or self.quote))
        return blake2b(parts.encode(), digest_size=DIGEST_BYTES).hexdigest()


class ChecklistError(ValidationError):
    """The item cannot be published like this; `findings` are the errors, and the warnings that nobody has signed."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__([finding.message for finding in self.findings])
