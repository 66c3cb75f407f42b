"""What one check finds, for the tests of it."""

from django.db.models import Model

from ecosystem.domain import checklist
from ecosystem.domain.checklist import Finding


def found_by(check: str, item: Model) -> list[Finding]:
    return [finding for finding in checklist.findings(item) if finding.check == check]


def said_by(check: str, item: Model) -> list[str]:
    return [finding.message for finding in found_by(check, item)]


def levels_by(check: str, item: Model) -> list[tuple[str, str]]:
    """How grave each is, and in which field."""
    return [(str(finding.level), finding.field) for finding in found_by(check, item)]
