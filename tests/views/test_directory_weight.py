"""What the directory weighs on the first visit: its HTML and the style sheets that it waits for."""

import re
from itertools import pairwise
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders

from tests.factories import PublishedDistrictFactory, PublishedOrganizationFactory, TopicFactory

pytestmark = pytest.mark.django_db
FIRST_ROUND_TRIP = 14 * 1024
WORDS = "Designs chips for robots cars phones and satellites in Shanghai with partners from Beijing".split()


@pytest.fixture
def full_page():
    """Thirty rows whose words differ as they do in life, and a full panel of facets."""
    topics = [TopicFactory(name=f"{one} and {other}") for one, other in pairwise(WORDS)]
    districts = [PublishedDistrictFactory(name=f"{word} New Area") for word in WORDS]
    for number in range(40):
        turned = WORDS[number % 7 :] + WORDS[: number % 5]
        made = PublishedOrganizationFactory(
            name=f"{turned[0].title()} {turned[3].title()} {number} Company",
            name_zh=f"上海第{number}公司",
            summary=f"{' '.join(turned)}.",
            founded=str(1900 + 3 * number),
            district=districts[number % len(districts)],
        )
        made.topics.set(topics[number % 5 : number % 5 + 2])


@pytest.mark.parametrize("view", ["", "table", "map", "statistics"])
@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_page_and_its_style_sheets_come_in_the_first_round_trip(client, full_page, prefix, view):
    answer = client.get(f"{prefix}/organizations/?view={view}", headers={"Accept-Encoding": "br"})
    html = brotli.decompress(answer.content).decode()
    sheets = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)">', html)
    styles = [brotli.compress(Path(finders.find(sheet)).read_bytes()) for sheet in sheets]
    assert len(answer.content) + sum(map(len, styles)) < FIRST_ROUND_TRIP
