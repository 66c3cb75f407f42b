"""Checks of texts: summary, headings, translations, pictures, insertions, names, relations."""

import pytest

from ecosystem.domain import revisions
from ecosystem.models import Article
from tests.domain.checklist.found import found_by, levels_by, said_by
from tests.factories import (
    WITHDRAWN,
    CitationFactory,
    DraftArticleFactory,
    DraftInitiativeFactory,
    DraftOrganizationFactory,
    DraftSourceFactory,
    ImageFactory,
    ParticipationFactory,
    PublishedOrganizationFactory,
    PublishedPlaceFactory,
    PublishedSourceFactory,
)

pytestmark = pytest.mark.django_db

# Summaries


def test_page_without_a_summary_is_a_warning():
    article = DraftArticleFactory(standfirst="")
    assert levels_by("summary", article) == [("warning", "standfirst")]
    assert said_by("summary", article) == [
        "It has no standfirst, which lists, feeds and search results show."
    ]
    article.standfirst_zh = "正文的结论。"
    assert found_by("summary", article) == []


def test_kinds_without_a_summary_need_none():
    assert found_by("summary", DraftSourceFactory()) == []


# Headings


def test_faulty_headings_are_errors_that_say_what_to_do():
    article = DraftArticleFactory(body="<h3>A</h3><p>x</p><h2></h2><p>y</p>")
    assert levels_by("headings", article) == [("error", "body")] * 2
    assert said_by("headings", article) == [
        "The text begins with a heading h3. Make it h2; the title of the page is the h1.",
        "Heading 2 is empty. Write its words, or take it out.",
    ]


def test_leap_between_headings_is_an_error():
    article = DraftArticleFactory()
    article.body = "<h2>A</h2><h4>B</h4>"  # not cleaned yet, as text from elsewhere
    assert said_by("headings", article) == ["A heading h4 follows where at most h3 can. Do not skip a level."]


# Translations


def test_missing_translations_are_notes():
    article = DraftArticleFactory(title_zh="", body_zh="<p>正文。</p>", body="")
    assert [(str(one.level), one.field, one.message) for one in found_by("translations", article)] == [
        ("note", "title_zh", "The Chinese is missing."),
        ("note", "standfirst_zh", "The Chinese is missing."),
        ("note", "body", "The English is missing."),
    ]


def test_translation_is_outdated_when_the_english_changed_later(editor):
    article = DraftArticleFactory(title="Old", title_zh="旧")
    revisions.record(article, by=editor)
    article.title = "New"
    assert [one.message for one in found_by("translations", article) if one.field == "title_zh"] == [
        "The English was changed after the Chinese. See whether the Chinese still says the same."
    ]
    article.save()
    revisions.record(article, by=editor)
    assert [one.field for one in found_by("translations", article)][-1] == "title_zh"
    article.title_zh = "新"
    assert "title_zh" not in [one.field for one in found_by("translations", article)]


def test_translation_that_came_with_the_text_is_not_outdated(editor):
    article = DraftArticleFactory(title="Old", title_zh="旧")
    revisions.record(article, by=editor)
    article.title, article.title_zh = "New", "新"
    assert "title_zh" not in [one.field for one in found_by("translations", article)]


# Pictures


def test_picture_needs_what_it_shows_and_whose_it_is():
    image = ImageFactory()
    image.alternative, image.licence = " ", ""
    article = DraftArticleFactory(cover=image)
    assert [(str(one.level), one.message) for one in found_by("pictures", article)] == [
        ("error", "The picture has no alternative text. Open the picture and add it."),
        ("error", "The picture has no licence. Open the picture and add it."),
        ("note", "The picture has no alternative text in Chinese."),
    ]
    assert found_by("pictures", DraftArticleFactory()) == []


# Insertions


def test_insertions_are_one_warning_a_paragraph():
    body = "<p>It opened. 13812345678, 13812345679, online casino.</p><p>加微信abc12345</p>"
    article = DraftArticleFactory(body=body)
    assert levels_by("advertising", article) == [("warning", "body")] * 2
    assert said_by("advertising", article) == [
        "Words of advertising stand in the paragraph: “online casino”. "
        "A telephone number stands in the paragraph: “13812345678”, “13812345679”.",
        "A contact on a messenger stands in the paragraph: “加微信abc12345”.",
    ]


def test_name_of_the_directory_is_no_insertion():
    article = DraftArticleFactory(body="<p>It works with 上海人工智能创新研究院 now.</p>")
    assert len(found_by("advertising", article)) == 1
    PublishedOrganizationFactory(name="Institute", name_zh="上海人工智能创新研究院")
    assert found_by("advertising", article) == []


def test_hosts_of_sources_and_organizations_make_no_farm():
    hosts = ("a.org", "b.org", "c.org", "d.org")
    links = " ".join(f'<a href="https://{host}/x">x</a>' for host in hosts)
    article = DraftArticleFactory(body=f"<p>See {links}.</p>")
    assert said_by("advertising", article) == [
        "The paragraph links to many hosts that no source of ours has: “a.org”, “b.org”, “c.org”, “d.org”."
    ]
    PublishedSourceFactory(url="https://a.org/report")
    PublishedOrganizationFactory(website="https://www.b.org/")
    assert found_by("advertising", article) == []


# Names


def test_first_mention_of_a_name_could_be_linked():
    PublishedOrganizationFactory(slug="fudan", name="Fudan University", name_zh="复旦大学")
    body = "<h2>Fudan University</h2><p>Fudan University is old. Fudan University’s hospital is not.</p>"
    article = DraftArticleFactory(body=body, body_zh="<p>由复旦大学建设。</p>")
    assert [(str(one.level), one.field, one.code) for one in found_by("names", article)] == [
        ("note", "body", '<a href="/organizations/fudan/">Fudan University</a>'),
        ("note", "body_zh", '<a href="/organizations/fudan/">复旦大学</a>'),
    ]


@pytest.mark.parametrize(
    "body",
    [
        '<p>It is <a href="/organizations/gap/">linked</a>, and Gap once more.</p>',
        '<p>It is <a href="/elsewhere/">the Gap</a> already.</p>',
        "<p>There is a gap in it.</p>",
        "<p>Gap analysis was done.</p>",
        "<p>It met the Great Gap Group.</p>",
    ],
)
def test_no_name_to_link(body):
    PublishedOrganizationFactory(slug="gap", name="Gap", name_zh="")
    assert found_by("names", DraftArticleFactory(body=body)) == []


def test_name_that_several_pages_have_is_nobodys():
    PublishedOrganizationFactory(name="Zhangjiang", name_zh="")
    article = DraftArticleFactory(body="<p>It stands in Zhangjiang.</p>")
    assert len(found_by("names", article)) == 1
    PublishedPlaceFactory(name="Zhangjiang", name_zh="")
    assert found_by("names", article) == []


def test_name_of_what_readers_cannot_see_is_none():
    DraftOrganizationFactory(name="Fudan University")
    assert found_by("names", DraftArticleFactory(body="<p>He left Fudan University.</p>")) == []


def test_organization_does_not_link_to_itself():
    item = PublishedOrganizationFactory(name="Fudan University", summary="The Fudan University of Shanghai.")
    assert found_by("names", item) == []


# Relations


def test_hidden_relations_are_warnings_that_say_why():
    article = DraftArticleFactory()
    article.organizations.set(
        [
            PublishedOrganizationFactory(),
            DraftOrganizationFactory(name="A draft"),
            DraftOrganizationFactory(name="Gone", **WITHDRAWN),
        ]
    )
    assert levels_by("relations", article) == [("warning", "organizations")] * 2
    assert said_by("relations", article) == [
        "“A draft” is not public, so readers do not see it here.",
        "“Gone” was withdrawn, so readers do not see it here.",
    ]


def test_parts_lead_to_hidden_items_too():
    initiative = DraftInitiativeFactory(summary="What it is for.")
    ParticipationFactory(initiative=initiative, organization=DraftOrganizationFactory(name="A draft"))
    CitationFactory(
        organization=None,
        initiative=initiative,
        source=DraftSourceFactory(publisher="Bureau", title="Report"),
    )
    assert [(one.field, one.message) for one in found_by("relations", initiative)] == [
        ("participations", "“A draft” is not public, so readers do not see it here."),
        ("citations", "“Bureau: Report” is not public, so readers do not see it here."),
    ]


def test_item_is_read_as_it_stands_in_memory():
    article = Article.objects.get(pk=DraftArticleFactory().pk)
    article.standfirst = ""
    assert said_by("summary", article) != []
