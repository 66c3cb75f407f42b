"""What readers reported, in the admin: on the desk, in a list of what is open, settled with a sentence."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from ecosystem.models import AuditEntry, ReaderReport
from tests.admin.forms import filled
from tests.desk_factories import ReaderReportFactory
from tests.factories import ReaderOfTheAdminFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:ecosystem_readerreport_changelist")
DESK = reverse("admin:index")


def form_of(report: ReaderReport) -> str:
    return reverse("admin:ecosystem_readerreport_change", args=[report.pk])


def signed_in(role: str) -> Client:
    person = ReaderOfTheAdminFactory()
    person.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(person)
    return client


def test_desk_of_an_editor_shows_the_newest_open_reports():
    ReaderReportFactory.create_batch(6)
    newest = ReaderReportFactory(text="<b>The newest</b> of them.")
    page = signed_in("Editor").get(DESK)
    assert (len(page.context["reports"]), page.context["reports"][0], page.context["reported"]) == (
        5,
        newest,
        7,
    )
    text = page.content.decode()
    assert f'<a href="{form_of(newest)}">&lt;b&gt;The newest&lt;/b&gt; of them.</a>' in text
    assert f'<a href="{LIST}?state=open">' in text


def test_desk_of_an_author_has_no_reports():
    ReaderReportFactory()
    assert signed_in("Author").get(DESK).context["reports"] == []


def test_editor_reads_settles_and_finds_it_among_the_settled():
    client, report, other = signed_in("Editor"), ReaderReportFactory(), ReaderReportFactory()
    page = client.get(form_of(report))
    assert set(filled(page)) >= {"outcome"} and "text" not in filled(page)
    assert '<a href="/metrics/gdp/">/metrics/gdp/</a>' in page.content.decode()
    client.post(form_of(report), filled(page, outcome="Corrected on that page."))
    listed = {state: list(client.get(LIST, {"state": state}).context["cl"].result_list) for state in STATES}
    assert listed == {"open": [other], "settled": [report]}


STATES = ("open", "settled")


def test_form_sent_back_as_it_came_settles_and_notes_nothing(admin_client):
    report = ReaderReportFactory()
    admin_client.post(form_of(report), filled(admin_client.get(form_of(report))))
    report.refresh_from_db()
    assert (report.settled_at, AuditEntry.objects.filter(kind="readerreport").count()) == (None, 0)


def test_nobody_adds_or_rewrites_a_report(admin_client):
    report = ReaderReportFactory()
    assert admin_client.get(reverse("admin:ecosystem_readerreport_add")).status_code == 403
    admin_client.post(form_of(report), {"outcome": "", "text": "Otherwise.", "address": "/"})
    report.refresh_from_db()
    assert (report.text, report.address) == ("The sum is of 2023.", "/metrics/gdp/")
