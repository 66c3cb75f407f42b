"""A draft of a next version leaves no trace for readers: on no page, in no file, feed, search or suggestion."""

import pytest
from django.urls import reverse

from ecosystem.domain import previewing, revisions, working_copies
from ecosystem.domain.index.checking import faults
from ecosystem.models import FigureReference, Topic
from ecosystem.models.fields import RichTextField
from tests import small_site
from tests.factories import EditorFactory, PublishedSourceFactory
from tests.small_site import KINDS, LANGUAGES

pytestmark = pytest.mark.django_db
SECRET = "Zibaldone"


@pytest.fixture
def drafted(site):
    """The small site, with a next version of everything in it that has one, all of whose words are new."""
    editor, source = EditorFactory(), PublishedSourceFactory(slug="another-source", title="Another source")
    for kind in (kind for kind in KINDS if not isinstance(site[kind], Topic)):
        item = site[kind]
        seen = working_copies.shown(item).data
        with working_copies.in_place(item, seen) as (shown, _lost):
            for field in shown._meta.concrete_fields:
                if field.name in ("name", "title", "name_zh", "title_zh", "publisher"):
                    setattr(shown, field.name, f"{SECRET} {kind}")
                elif isinstance(field, RichTextField):
                    figure = f'<figure-ref metric="{site["metric"].slug}" period="latest" form="unit"></figure-ref>'
                    text = f"{SECRET} text {figure}"
                    setattr(shown, field.name, text if field.inline else f"<p>{text}</p>")
            shown.save()
            if "citations" in revisions.PARTS[type(shown)]:
                shown.citations.create(source=source, locator=SECRET, position=90)
            if "names" in revisions.PARTS[type(shown)]:
                shown.names.create(text=f"{SECRET} Works", language="en", kind="short")
            changed = revisions.snapshot(type(shown).objects.get(pk=shown.pk))
        mine = working_copies.as_next(item, changed, seen)
        assert working_copies.keep(item, seen, mine, by=editor).is_changed
    return site


def paths_of(site) -> set[str]:
    """Every address that readers have, as pages and as files, and searches for the words themselves."""
    found = {path for language in LANGUAGES for path in small_site.addresses(site, language).values()}
    metric, organization = site["metric"].slug, site["organization"].slug
    found |= {
        reverse(f"metric_{form}", args=[metric])
        for form in ("csv", "json", "bib", "csl", "svg", "feed", "embed")
    }
    found |= {reverse(f"organization_{form}") for form in ("csv", "json")}
    found |= {reverse(name) for name in ("article_feed", "change_feed", "sitemap")}
    found |= {
        f"{reverse('suggestions')}?q=ziba",
        f"{reverse('search')}?q=another",
        f"/organizations/?q={organization}",
    }
    return found


def test_no_page_file_or_feed_holds_a_word_of_a_next_version_also_after_previews(
    client, admin_client, drafted
):
    before = {path: client.get(path) for path in sorted(paths_of(drafted))}
    for kind in (kind for kind in KINDS if not isinstance(drafted[kind], Topic)):
        item = drafted[kind]
        shown = admin_client.get(reverse(f"{kind}_preview", args=[item.slug])).content.decode()
        assert SECRET in shown
        token = previewing.link_token(item)
        assert (
            SECRET in client.get(reverse(f"{kind}_shared_preview", args=[item.slug, token])).content.decode()
        )
        admin_client.get(reverse(f"admin:ecosystem_{kind}_change", args=[item.pk]))
    after = {path: client.get(path) for path in before}
    texts = {path: b"".join(answer) if answer.streaming else answer.content for path, answer in after.items()}
    assert {path: answer.status_code for path, answer in after.items() if answer.status_code != 200} == {}
    assert [path for path, text in texts.items() if SECRET.lower().encode() in text.lower()] == []
    tags = [
        path
        for path, answer in before.items()
        if answer.headers.get("ETag") != after[path].headers.get("ETag")
    ]
    assert tags == []


def test_next_versions_change_neither_the_index_nor_the_records_of_figures(drafted):
    assert list(faults()) == []
    assert not FigureReference.objects.filter(sentence__contains=SECRET).exists()


def test_search_for_a_word_of_a_next_version_finds_nothing(client, drafted):
    for path in (f"{reverse('search')}?q={SECRET}", f"/organizations/?q={SECRET}"):
        page = client.get(path).content.decode()
        assert f"{SECRET} organization" not in page
        assert "Works" not in page
