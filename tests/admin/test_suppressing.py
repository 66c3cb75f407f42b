"""Administrators suppress in two steps: they say why, see all that goes, and confirm; nobody else sees a way."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse

from ecosystem.models import Article, Image, Observation, Suppression
from tests.admin.forms import filled
from tests.factories import (
    FigureReferenceFactory,
    ImageFactory,
    PublishedArticleFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    ReaderOfTheAdminFactory,
)

pytestmark = pytest.mark.django_db
SAID = {"ground": "court-order", "reference": "order 7", "notice": "It was removed.", "notice_zh": "已删除。"}


@pytest.fixture
def value() -> Observation:
    return PublishedObservationFactory(value=41234)


@pytest.fixture
def foundry():
    return PublishedOrganizationFactory(name="Foundry", description="<p>Led by Li Ming.</p>")


def address(item, subject) -> str:
    return reverse(f"admin:ecosystem_{item._meta.model_name}_suppress", args=[item.pk, subject])


def change_page(item) -> str:
    return reverse(f"admin:ecosystem_{item._meta.model_name}_change", args=[item.pk])


def second_step(client, item, subject, **said):
    page = client.get(address(item, subject))
    return client.post(address(item, subject), filled(page, **SAID | said))


def confirm(client, item, subject, step, **more):
    return client.post(address(item, subject), filled(step, confirm="Remove for good", **more), follow=True)


def removal(step) -> dict[str, list[str]]:
    found = step.context["removal"]
    return {
        name: [str(each).replace("\u00a0", " ") for each in getattr(found, name)]
        for name in ("things", "own", "others", "pages")
    }


def test_administrator_suppresses_a_value(admin_client, value):
    article = PublishedArticleFactory(title="On wafers", body="<p>All 41,234.</p>")
    step = second_step(admin_client, value, "value")
    assert removal(step) == {
        "things": [f"{value.metric}, 2024: 41,234 companies (Reported, {value.source})"],
        "own": [],
        "others": ["article “On wafers”: body"],
        "pages": [],
    }
    assert Observation.objects.get() == value
    done = confirm(admin_client, value, "value", step, also=f"article:{article.pk}")
    assert [str(message) for message in done.context["messages"]] == [
        "It is gone from the site. The tombstone stays."
    ]
    assert (Observation.objects.count(), Article.objects.get().body) == (0, "<p>All […].</p>")
    stone = Suppression.objects.get()
    assert (stone.ground, stone.reference, stone.notice, stone.notice_zh) == tuple(SAID.values())
    assert [entry.object_repr for entry in LogEntry.objects.all()] == [str(stone)]


def test_second_step_shows_the_words_and_what_does_not_come_back(admin_client, value):
    older = PublishedObservationFactory(metric=value.metric, value=30, superseded_by=value)
    article = PublishedArticleFactory(body="<p>All <em>41,234</em> of them.</p>")
    FigureReferenceFactory(article=article, shown=value.metric)
    found = second_step(admin_client, value, "value").context["removal"]
    assert [place.excerpts for place in found.others] == [("All 41,234 of them.",)]
    assert [text.replace("\u00a0", " ") for text in found.older] == [
        f"{value.metric}, 2024: 30 companies (Reported, {older.source})"
    ]
    assert found.text_count == 1


def test_place_that_is_not_marked_stays(admin_client, value):
    PublishedArticleFactory(body="<p>All 41,234.</p>")
    step = second_step(admin_client, value, "value")
    confirm(admin_client, value, "value", step)
    assert Article.objects.get().body == "<p>All 41,234.</p>"


def test_administrator_suppresses_words(admin_client, foundry):
    step = second_step(admin_client, foundry, "text", passage="Li Ming")
    assert removal(step) == {
        "things": ["“Li Ming”"],
        "own": ["organization “Foundry”: description"],
        "others": [],
        "pages": [],
    }
    confirm(admin_client, foundry, "text", step)
    foundry.refresh_from_db()
    assert foundry.description == "<p>Led by .</p>"


def test_administrator_suppresses_a_picture(admin_client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image = ImageFactory()
    article = PublishedArticleFactory(cover=image, title="On wafers")
    step = second_step(admin_client, image, "picture")
    assert removal(step) == {"things": [image.file.name], "own": [], "others": [], "pages": ["On wafers"]}
    confirm(admin_client, image, "picture", step)
    article.refresh_from_db()
    assert (article.cover, Image.objects.count()) == (None, 0)


def test_answers_can_be_changed_before_confirming(admin_client, value):
    step = second_step(admin_client, value, "value")
    first = admin_client.post(address(value, "value"), filled(step, back="Change the answers"))
    assert first.templates[0].name == "admin/ecosystem/suppress.html"
    assert first.context["form"]["notice"].value() == "It was removed."


def test_missing_answers_are_asked_for_and_nothing_typed_is_lost(admin_client, value):
    step = second_step(admin_client, value, "value", reference="")
    assert step.context["form"].errors == {"reference": ["This field is required."]}
    assert step.context["form"]["notice"].value() == "It was removed."
    assert Observation.objects.get() == value


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"passage": "Wang Fang"}, "These words do not stand there. Copy them exactly, without markup."),
        ({"passage": "Li"}, "Give at least 4 characters: fewer stand in too many words."),
        (
            {"passage": "Li Ming", "notice": "Li Ming is gone."},
            "The reference and the notice stay: say them without what is taken off.",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_the_first_step(admin_client, foundry, said, sentence):
    step = second_step(admin_client, foundry, "text", **said)
    assert step.context["form"].non_field_errors() == [sentence]
    assert step.context["form"]["passage"].value() == said["passage"]


def test_place_that_refuses_is_named_and_nothing_changes(admin_client, foundry):
    article = PublishedArticleFactory(title="Li Ming")
    step = second_step(admin_client, foundry, "text", passage="Li Ming")
    again = confirm(admin_client, foundry, "text", step, also=f"article:{article.pk}")
    assert again.context["form"].non_field_errors() == [
        "article “Li Ming”, title: nothing would be left. Write something else there first."
    ]
    foundry.refresh_from_db()
    assert (foundry.description, Suppression.objects.count()) == ("<p>Led by Li Ming.</p>", 0)


def test_links_stand_on_the_pages_of_what_can_be_suppressed(admin_client, value, foundry):
    pages = [(value, ["value", "text"]), (foundry, ["text"]), (ImageFactory(), ["picture", "text"])]
    for item, subjects in pages:
        links = [link for _label, link in admin_client.get(change_page(item)).context["suppress_links"]]
        assert links == [address(item, subject) for subject in subjects]


def test_editor_who_is_no_administrator_sees_no_link_and_is_refused(client, value, foundry):
    editor = ReaderOfTheAdminFactory()
    editor.user_permissions.set(Permission.objects.exclude(codename="add_suppression"))
    client.force_login(editor)
    assert "suppress_links" not in client.get(change_page(foundry)).context
    answers = [
        client.get(address(foundry, "text")),
        client.post(address(value, "value"), SAID | {"confirm": "1"}),
    ]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert Observation.objects.get() == value


def test_what_is_not_there_or_cannot_be_suppressed_so_is_no_page(admin_client, value, foundry):
    paths = [
        address(foundry, "value"),
        address(value, "picture"),
        address(value, "value").replace(str(value.pk), "99999"),
    ]
    assert [admin_client.get(path).status_code for path in paths] == [404, 404, 404]
