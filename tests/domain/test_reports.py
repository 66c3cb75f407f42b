"""Reports of readers: what is taken, what is refused, and how editors settle them."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils import timezone

from ecosystem.domain import reports
from ecosystem.domain.roles import NotAllowedError
from ecosystem.models import AuditEntry, ReaderReport
from ecosystem.models.reports import LONGEST_REPORT
from tests.desk_factories import ReaderReportFactory
from tests.factories import ReaderOfTheAdminFactory

pytestmark = pytest.mark.django_db
PAGE = "/metrics/gdp/"


def test_report_is_kept_with_its_page_and_nothing_else():
    found = reports.report(address=PAGE, text="  The value is of 2023.\n")
    assert (found.address, found.text, found.settled_at) == (PAGE, "The value is of 2023.", None)
    assert list(reports.unsettled()) == [found]
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize("text", ["", "  \n", "x" * (LONGEST_REPORT + 1), "a\0b"])
def test_what_says_nothing_or_too_much_is_refused(text):
    with pytest.raises(ValidationError):
        reports.report(address=PAGE, text=text)
    assert ReaderReport.objects.count() == 0


def test_flood_is_refused_until_the_hour_is_over():
    ReaderReportFactory.create_batch(reports.MOST_IN_AN_HOUR)
    with pytest.raises(reports.TooManyReportsError):
        reports.report(address=PAGE, text="One more.")
    with time_machine.travel(timezone.now() + timedelta(hours=1, seconds=1), tick=False):
        reports.report(address=PAGE, text="One more.")
    assert ReaderReport.objects.count() == reports.MOST_IN_AN_HOUR + 1


def test_editor_settles_changes_and_opens_again(editor):
    found = ReaderReportFactory()
    reports.settle(found, outcome=" Corrected. ", by=editor)
    assert (found.outcome, found.settled_by, list(reports.unsettled())) == ("Corrected.", editor, [])
    reports.settle(found, outcome="", by=editor)
    assert (found.settled_at, found.settled_by, list(reports.unsettled())) == (None, None, [found])
    assert list(
        AuditEntry.objects.filter(kind="readerreport").order_by("pk").values_list("act", "kind", "detail")
    ) == [
        ("change", "readerreport", "Corrected."),
        ("change", "readerreport", "opened again"),
    ]


def test_author_settles_nothing():
    author = ReaderOfTheAdminFactory()
    author.groups.add(Group.objects.get(name="Author"))
    found = ReaderReportFactory()
    with pytest.raises(NotAllowedError):
        reports.settle(found, outcome="Done.", by=author)
    found.refresh_from_db()
    assert found.outcome == ""
