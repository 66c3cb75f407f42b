"""A suppressed picture goes from the storage, from pages and from their past."""

from unittest.mock import patch

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from ecosystem.domain import revisions, suppression
from ecosystem.domain.suppressed_pictures import FilesRemainError
from ecosystem.domain.tombstones import AdministratorsOnlyError
from ecosystem.models import Image, Revision, Suppression
from tests.factories import ImageFactory, PublishedArticleFactory, ReaderOfTheAdminFactory

pytestmark = pytest.mark.django_db
ORDER = {"ground": "rights", "reference": "letter 3", "notice": "A picture was removed."}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def image() -> Image:
    return ImageFactory(file__filename="portrait.png")


def suppress(image, editor, **more) -> Suppression:
    return suppression.suppress_picture(image, by=editor, **ORDER | more)


def files() -> list[str]:
    return sorted(default_storage.listdir("images")[1])


def test_file_and_renditions_go_once_all_is_stored(image, editor, django_capture_on_commit_callbacks):
    default_storage.save("images/portrait-800.webp", ContentFile(b"small"))
    default_storage.save("images/wide/portrait-1600.webp", ContentFile(b"wide"))
    other = ImageFactory(file__filename="portrait.png")
    with django_capture_on_commit_callbacks(execute=True):
        suppress(image, editor)
        assert len(files()) == 3
    assert [f"images/{name}" for name in files()] == [other.file.name]
    assert not default_storage.exists("images/wide/portrait-1600.webp")
    assert list(Image.objects.all()) == [other]


def test_pages_and_their_stored_states_go_without_it(image, editor):
    article = PublishedArticleFactory(slug="story", cover=image)
    revisions.record(article, by=editor)
    stone = suppress(image, editor)
    article.refresh_from_db()
    assert (article.cover, stone.address, stone.subject) == (None, "/articles/story/", "picture")
    assert [note.text for note in article.changenotes.all()] == ["A picture was removed."]
    assert [state.data[0]["fields"]["cover"] for state in Revision.objects.filter(kind="article")] == [
        None,
        None,
    ]


def test_other_records_of_the_same_file_go_too(image, editor):
    same = ImageFactory()
    Image.objects.filter(pk=same.pk).update(file=image.file.name)
    suppress(image, editor)
    assert not Image.objects.exists()


def test_log_of_the_picture_goes(image, editor):
    LogEntry.objects.log_actions(editor.pk, [image], CHANGE, "changed", single_object=True)
    suppress(image, editor)
    assert not LogEntry.objects.exists()


def test_storage_that_refuses_is_named(image, editor, django_capture_on_commit_callbacks):
    name = image.file.name
    with (
        patch.object(FileSystemStorage, "delete", side_effect=OSError),
        pytest.raises(FilesRemainError) as error,
        django_capture_on_commit_callbacks(execute=True),
    ):
        suppress(image, editor)
    assert error.value.messages == [
        f"It is gone from the site, but the storage refused to delete: {name}. Delete it there by hand."
    ]


def test_storage_that_cannot_list_still_deletes_the_file(image, editor, django_capture_on_commit_callbacks):
    with (
        patch.object(FileSystemStorage, "listdir", side_effect=NotImplementedError),
        django_capture_on_commit_callbacks(execute=True),
    ):
        suppress(image, editor)
    assert not default_storage.exists(image.file.name)


def test_only_administrators_suppress(image):
    with pytest.raises(AdministratorsOnlyError):
        suppress(image, ReaderOfTheAdminFactory())
    assert default_storage.exists(Image.objects.get().file.name)
