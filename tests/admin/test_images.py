"""Uploads in the admin: what is refused, with the limit named, and what is stored."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture

from ecosystem.models import Image
from tests.domain.test_pictures import photograph, png_header

pytestmark = pytest.mark.django_db
ADD = reverse("admin:ecosystem_image_add")


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def upload(client, content: bytes, name: str = "picture.jpg", url: str = ADD):
    file = SimpleUploadedFile(name, content)
    words = {"alternative": "A white corner on navy", "credit": "The tests", "licence": "CC0"}
    return client.post(url, {"file": file, **words}, follow=True)


def test_photograph_is_stored_anew_under_the_name_of_its_content(admin_client, media):
    upload(admin_client, photograph(orientation=6).getvalue(), "../Holiday at home.jpg")
    image = Image.objects.get()
    assert (image.width, image.height) == (40, 60)
    assert [path.name for path in (media / "images").iterdir()] == [Path(image.file.name).name]
    assert "oliday" not in image.file.name and len(Path(image.file.name).stem) == 32
    with Picture.open(image.file.path) as stored:
        assert dict(stored.getexif()) == {}


def test_same_picture_is_stored_once(admin_client, media):
    for _ in range(2):
        upload(admin_client, photograph().getvalue())
    first, second = Image.objects.all()
    assert (first.file.name, first.width) == (second.file.name, second.width)
    assert len(list((media / "images").iterdir())) == 1


def test_words_change_without_a_new_upload(admin_client):
    upload(admin_client, photograph().getvalue())
    image = Image.objects.get()
    words = {"alternative": "Better words", "credit": "The tests", "licence": "CC0"}
    admin_client.post(reverse("admin:ecosystem_image_change", args=[image.pk]), words)
    changed = Image.objects.get()
    assert (changed.alternative, changed.file.name, changed.width) == ("Better words", image.file.name, 60)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"not a picture", "This is no JPEG, PNG or WebP picture. Choose one, or convert it."),
        (
            png_header(8000, 5001).getvalue(),
            "It has 40,008,000 pixels; at most 40,000,000 are taken. Make it smaller.",
        ),
        (png_header(60_000, 60_000).getvalue(), "It has more than 40,000,000 pixels. Make it smaller."),
        (b"x" * (20 * 1024**2 + 1024**2), "The file has 21.0 MB; at most 20 MB are taken."),
    ],
    ids=["text", "pixels", "bomb", "bytes"],
)
def test_bad_upload_is_refused_in_the_form(admin_client, media, content, message):
    page = upload(admin_client, content, "picture.png")
    assert page.context["errors"] == [[message]]
    assert message in page.content.decode()
    assert not Image.objects.exists() and not list(media.iterdir())


def test_alternative_text_credit_and_licence_are_required(admin_client):
    file = SimpleUploadedFile("picture.jpg", photograph().getvalue())
    page = admin_client.post(ADD, {"file": file})
    assert list(page.context["adminform"].form.errors) == ["alternative", "credit", "licence"]


def test_picture_is_shown_on_its_page(admin_client):
    upload(admin_client, photograph().getvalue())
    image = Image.objects.get()
    page = admin_client.get(reverse("admin:ecosystem_image_change", args=[image.pk])).content.decode()
    assert f'<img src="{image.file.url}" alt="" width="120" height="80" loading="lazy">' in page
