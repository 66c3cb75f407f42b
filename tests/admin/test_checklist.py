"""The page before publishing: errors, warnings to sign, notes; from every way to publish."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from ecosystem.domain import sets
from ecosystem.models import Article, Observation, SignedWarning
from tests.admin.forms import confirmed, filled
from tests.factories import (
    FAR_AHEAD,
    DraftArticleFactory,
    DraftObservationFactory,
    DraftSourceFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    ReaderOfTheAdminFactory,
)

pytestmark = pytest.mark.django_db
LIST = reverse("admin:ecosystem_article_changelist")
TYPED = {
    "title_zh": "文章",
    "standfirst_zh": "结论。",
    "body": "<p>It sold 3,400 cars.</p>",
    "body_zh": "<p>文</p>",
}
BROKEN = '<p>See <a href="/nowhere/">it</a>.</p>'


def url(item, page="checklist", *args) -> str:
    return reverse(f"admin:ecosystem_{item._meta.model_name}_{page}", args=[item.pk, *args])


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def send(client, address, **changes):
    return client.post(address, filled(client.get(address), **changes), follow=True)


def boxes(response) -> list[str]:
    return [row.box for row in response.context["rows"].unsigned]


@pytest.fixture
def article():
    return DraftArticleFactory(title="A text", **TYPED)


def test_form_shows_what_was_found_with_the_way_to_it(admin_client, article):
    article.body += BROKEN
    article.title_zh = ""
    article.save()
    page = admin_client.get(url(article, "change"))
    assert page.context["publishing"]["checklist"]["rows"].counts == "1 error, 1 warning to sign, 1 note"
    assert f'<a href="{url(article)}">Before publishing</a>' in page.content.decode()


def test_form_of_a_text_without_findings_says_so(admin_client):
    article = DraftArticleFactory(**TYPED | {"body": "<p>A paragraph.</p>"})
    assert "<span>nothing to do</span>" in admin_client.get(url(article, "change")).content.decode()


def test_save_and_publish_keeps_the_text_and_leads_to_the_page(admin_client, article):
    page = send(admin_client, url(article, "change"), title="Better", _verb_publish="Save and publish")
    assert page.redirect_chain == [(f"{url(article)}?verb=publish", 302)]
    assert said(page) == ["“Better” was saved, but not published yet: first see to what stands here."]
    article.refresh_from_db()
    assert (article.title, article.status) == ("Better", "draft")


def test_reason_signs_and_publishes(admin_client, editor, article):
    page = admin_client.get(url(article))
    (box,) = boxes(page)
    done = admin_client.post(url(article), filled(page, **{box: "The maker says so."}), follow=True)
    assert said(done) == ["“A text”: published."]
    assert Article.objects.published().get() == article
    assert [(one.reason, one.signed_by) for one in SignedWarning.objects.all()] == [
        ("The maker says so.", editor)
    ]


def test_box_without_a_reason_is_asked_again_and_the_others_keep_theirs(admin_client, article):
    article.body += "<p>It sold 5,600 boats.</p>"
    article.save()
    page = admin_client.get(url(article))
    first, _second = boxes(page)
    again = admin_client.post(url(article), filled(page, **{first: "The maker says so."}))
    assert [(row.reason, row.error) for row in again.context["rows"].unsigned] == [
        ("The maker says so.", ""),
        ("", "Say why it may stay, or change the text."),
    ]
    assert not SignedWarning.objects.exists() and not Article.objects.published().exists()


def test_reason_that_is_too_long_is_asked_again(admin_client, article):
    page = admin_client.get(url(article))
    (box,) = boxes(page)
    again = admin_client.post(url(article), filled(page, **{box: "x" * 301}))
    assert [row.error for row in again.context["rows"].unsigned] == ["Say it in 300 characters at most."]


def test_errors_forbid_publishing_and_reasons_are_kept(admin_client, article):
    article.body += BROKEN
    article.save()
    page = admin_client.get(url(article))
    assert 'value="Sign and publish"' not in page.content.decode()
    assert [row.address for row in page.context["rows"].errors] == [f"{url(article, 'change')}#id_body"]
    (box,) = boxes(page)
    kept = admin_client.post(url(article), filled(page, **{box: "The maker says so."}))
    assert said(kept) == ["The reasons are kept. Put the errors right first."]
    assert [row.signature.reason for row in kept.context["rows"].signed] == ["The maker says so."]
    assert not Article.objects.published().exists()


def test_signed_text_is_published_by_its_button(admin_client, article):
    article.body += BROKEN
    article.save()
    page = admin_client.get(url(article))
    admin_client.post(url(article), filled(page, **{boxes(page)[0]: "The maker says so."}))
    done = send(admin_client, url(article, "change"), body=TYPED["body"], _verb_publish="Save and publish")
    assert said(done) == ["“A text” was saved and published."]


def test_text_that_changed_meanwhile_is_read_again(admin_client, article):
    page = admin_client.get(url(article))
    (box,) = boxes(page)
    Article.objects.update(body="<p>It sold 9,900 cars.</p>")
    again = admin_client.post(url(article), filled(page, **{box: "The maker says so."}))
    assert [row.finding.quote for row in again.context["rows"].unsigned] == ["It sold 9,900 cars."]
    assert not Article.objects.published().exists()


def test_page_of_its_own_verb_leads_there_too(admin_client, article):
    page = admin_client.post(url(article, "verb", "publish"), follow=True)
    assert page.redirect_chain == [(f"{url(article)}?verb=publish", 302)]
    assert said(page) == ["“A text” is not published yet: first see to what stands here."]


def test_schedule_keeps_its_moment(admin_client, article):
    page = send(admin_client, url(article, "verb", "schedule"), at="2999-01-06T17:00")
    assert 'value="Sign and schedule"' in page.content.decode()
    (box,) = boxes(page)
    done = admin_client.post(url(article), filled(page, **{box: "The maker says so."}), follow=True)
    article.refresh_from_db()
    assert (said(done), article.published_at) == (["“A text”: scheduled."], FAR_AHEAD)


def test_schedule_without_a_moment_asks_for_it(admin_client, article):
    page = admin_client.get(url(article), {"verb": "schedule"}, follow=True)
    assert page.redirect_chain == [(url(article, "verb", "schedule"), 302)]


def test_bulk_publishing_names_what_is_open_and_does_the_rest(admin_client, article):
    other = DraftArticleFactory()
    chosen = {"action": "publish_selected", "_selected_action": [article.pk, other.pk]}
    page = admin_client.post(LIST, chosen, follow=True)
    assert sorted(said(page)) == [
        "1 item: published.",
        f'A text: Typed without a record or a source: 3,400. <a href="{url(article)}">Before publishing</a>',
    ]
    assert Article.objects.published().get() == other


def test_public_item_shows_findings_and_no_button(admin_client):
    article = PublishedArticleFactory(**TYPED)
    page = admin_client.get(url(article))
    assert (len(boxes(page)), 'type="submit" value' in page.content.decode()) == (1, False)
    assert admin_client.post(url(article)).status_code == 403


def test_value_is_seen_to_change_after_its_checklist(admin_client):
    metric = PublishedMetricFactory()
    PublishedObservationFactory(metric=metric, period="2023")
    draft = DraftObservationFactory(metric=metric, source=DraftSourceFactory(title="Hidden"))
    page = admin_client.post(url(draft, "verb", "publish"), follow=True)
    assert [row.finding.field for row in page.context["rows"].errors] == ["source"]
    draft.source.status, draft.source.published_at = "published", metric.published_at
    draft.source.save()
    ripple = send(admin_client, url(draft))
    assert not Observation.objects.published().filter(pk=draft.pk).exists()
    assert said(confirmed(admin_client, ripple)) == [f"“{draft}”: published."]


def test_item_of_a_set_is_judged_with_the_set_and_alone_where_it_goes_alone(admin_client, editor):
    """Its figure has a value as soon as the set is published."""
    value = DraftObservationFactory(metric=PublishedMetricFactory(slug="chips"))
    body = '<p>It makes <figure-ref metric="chips"></figure-ref>.</p>'
    article = DraftArticleFactory(**TYPED | {"body": body, "body_zh": body})
    sets.add(sets.begin("Yearbook", by=editor), [article, value], by=editor)
    assert admin_client.get(url(article, "change")).context["publishing"]["checklist"]["rows"].errors == []
    page = admin_client.get(url(article))
    assert (page.context["rows"].errors, page.context["verb"], str(page.context["in_set"]["found"])) == (
        [],
        None,
        "Yearbook",
    )
    page = send(admin_client, url(article, "change"), _verb_publish="Save and publish")
    assert [row.field for row in page.context["rows"].errors] == ["Body", "Body in Chinese"]
    assert not Article.objects.get().is_public


def test_checklist_of_a_missing_item_is_not_found(admin_client):
    assert admin_client.get(reverse("admin:ecosystem_article_checklist", args=[12345])).status_code == 404


def test_who_may_only_look_sees_the_list_and_signs_nothing(article):
    reader, client = ReaderOfTheAdminFactory(), Client()
    client.force_login(reader)
    assert client.get(url(article)).status_code == 403
    reader.user_permissions.set(Permission.objects.filter(codename="view_article"))
    page = client.get(url(article))
    assert 'class="reason"' not in page.content.decode()
    forged = {"verb": "publish", boxes(page)[0]: "The maker says so."}
    assert client.post(url(article), forged).status_code == 403
    assert not SignedWarning.objects.exists()


def test_signatures_cannot_be_changed_or_deleted(admin_client):
    signed = SignedWarning.objects.create(
        kind="article", key="a", check_name="numbers", finding="0", reason="x"
    )
    change, delete = (
        reverse(f"admin:ecosystem_signedwarning_{page}", args=[signed.pk]) for page in ("change", "delete")
    )
    answers = [admin_client.post(change, {"reason": "y"}), admin_client.post(delete, {"post": "yes"})]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert SignedWarning.objects.get().reason == "x"
