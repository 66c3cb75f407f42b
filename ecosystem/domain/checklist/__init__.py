"""The checklist before publishing: small checks over an item, and the signatures under their warnings."""

from ecosystem.domain.checklist.findings import ChecklistError, Finding, Level
from ecosystem.domain.checklist.running import CHECKS, findings
from ecosystem.domain.checklist.signing import require, sign, sign_all, signatures, unsigned

__all__ = [
    "CHECKS",
    "ChecklistError",
    "Finding",
    "Level",
    "findings",
    "require",
    "sign",
    "sign_all",
    "signatures",
    "unsigned",
]
