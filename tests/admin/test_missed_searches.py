"""The queue of what readers looked for in vain: the most wanted first, with ways to add it."""

import re
from datetime import date

import pytest
from django.urls import reverse

from ecosystem.models import MissedSearch
from tests.factories import MissedSearchFactory, OrganizationNameFactory, ReaderOfTheAdminFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:ecosystem_missedsearch_changelist")


def listed(client) -> list[str]:
    return [row.text for row in client.get(LIST).context["cl"].result_list]


def test_most_wanted_stand_first(admin_client):
    for text, times, day in (("qzxa", 1, 1), ("qzxb", 2, 1), ("qzxc", 1, 2)):
        MissedSearchFactory(text=text, times=times, first_on=date(2026, 1, 1), last_on=date(2026, 1, day))
    assert listed(admin_client) == ["qzxb", "qzxc", "qzxa"]


def test_what_is_found_by_now_leaves_the_list(admin_client):
    MissedSearchFactory(text="minimax"), MissedSearchFactory(text="qzxw")
    OrganizationNameFactory(text="MiniMax")
    assert listed(admin_client) == ["qzxw"]
    assert [missed.text for missed in MissedSearch.objects.all()] == ["qzxw"]
    assert re.findall(r'href="/search/\?q=qzxw">(.*?)<', admin_client.get(LIST).content.decode()) == ["0"]


@pytest.mark.parametrize(
    ("text", "field", "language"), [("qzxw & co", "name", "en"), ("智元", "name_zh", "zh-hans")]
)
def test_links_lead_to_forms_with_the_name_filled_in(admin_client, text, field, language):
    MissedSearchFactory(text=text)
    html = admin_client.get(LIST).content.decode().replace("&amp;", "&")
    organization, name = re.findall(r'href="(/admin/ecosystem/organization(?:name)?/add/\?[^"]+)"', html)
    assert admin_client.get(organization).context["adminform"].form[field].value() == text
    form = admin_client.get(name).context["adminform"].form
    assert (form["text"].value(), form["language"].value()) == (text, language)


def test_done_takes_off_the_list(admin_client):
    gone, kept = MissedSearchFactory(), MissedSearchFactory()
    answer = admin_client.post(LIST, {"action": "done", "_selected_action": [gone.pk]}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["1 text is off the list."]
    assert list(MissedSearch.objects.all()) == [kept]


def test_nobody_without_the_permission_sees_it(client):
    client.force_login(ReaderOfTheAdminFactory())
    assert client.get(LIST).status_code == 403
