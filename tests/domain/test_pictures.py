"""Uploads are checked before they are decoded, and stored without what cameras write into files."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from ecosystem.domain import pictures
from ecosystem.domain.pictures import PictureError

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def photograph(*, size=(60, 40), orientation=1, **options) -> BytesIO:
    """A JPEG as a telephone makes it: lying on its side, with maker, position and a comment."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKER] = "Some maker"
    exif.get_ifd(GPS)[1] = "N"
    file = BytesIO()
    picture = Image.new("RGB", size, "navy")
    picture.paste("white", (0, 0, 10, 10))
    picture.save(file, "JPEG", exif=exif, comment=b"secret", quality=95, **options)
    return file


def accepted(file: BytesIO) -> Image.Image:
    stored = pictures.accept(file, size=file.getbuffer().nbytes)
    return Image.open(stored)


def refusal(file: BytesIO, *, size: int | None = None) -> str:
    with pytest.raises(PictureError) as refused:
        pictures.accept(file, size=file.getbuffer().nbytes if size is None else size)
    return refused.value.message


def png_header(width: int, height: int) -> BytesIO:
    """A PNG of a few bytes that claims to be that large."""
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", b""),
        (b"IEND", b""),
    ]
    file = BytesIO(b"\x89PNG\r\n\x1a\n")
    file.seek(0, 2)
    for name, data in chunks:
        file.write(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)))
    return file


def test_photograph_loses_its_metadata():
    file = photograph()
    assert dict(Image.open(file).getexif())[MAKER] == "Some maker"
    stored = pictures.accept(file, size=file.getbuffer().nbytes)
    assert dict(Image.open(stored).getexif()) == {}
    assert b"secret" not in stored.read() and b"Some maker" not in stored.open().read()


def test_photograph_is_turned_upright():
    stored = accepted(photograph(orientation=6))
    assert stored.size == (40, 60)
    assert stored.getpixel((35, 5))[0] > 200, "the white corner is at the top right after a quarter turn"


def test_stored_name_comes_from_the_content():
    first, second, other = photograph(), photograph(), photograph(size=(61, 40))
    names = [pictures.accept(file, size=1).name for file in (first, second, other)]
    assert names[0] == names[1] != names[2]
    assert names[0].endswith(".jpg") and len(names[0]) == 36


@pytest.mark.parametrize(("mode", "form"), [("P", "PNG"), ("RGBA", "PNG"), ("RGBA", "WEBP"), ("L", "JPEG")])
def test_format_is_kept(mode, form):
    file = BytesIO()
    Image.new(mode, (8, 8)).save(file, form)
    assert (accepted(file).format, accepted(file).size) == (form, (8, 8))


def test_transparent_colour_of_a_palette_is_kept():
    file = BytesIO()
    Image.new("P", (8, 8)).save(file, "PNG", transparency=0)
    assert accepted(file).convert("RGBA").getpixel((0, 0))[3] == 0


def test_print_colours_become_screen_colours():
    file = BytesIO()
    Image.new("CMYK", (8, 8)).save(file, "JPEG")
    assert accepted(file).mode == "RGB"


def test_colour_profile_is_kept():
    assert accepted(photograph(icc_profile=b"a profile")).info["icc_profile"] == b"a profile"


def test_text_named_like_a_picture_is_refused():
    assert refusal(BytesIO(b"not a picture")) == (
        "This is no JPEG, PNG or WebP picture. Choose one, or convert it."
    )


def test_other_formats_are_refused():
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, "GIF")
    assert refusal(file) == "This is no JPEG, PNG or WebP picture. Choose one, or convert it."


def test_file_that_ends_too_soon_is_refused():
    whole = photograph(size=(400, 400)).getvalue()
    assert refusal(BytesIO(whole[: len(whole) // 2])) == (
        "The file is damaged: it ends too soon or cannot be decoded."
    )


def test_picture_over_the_pixel_limit_is_refused_with_the_limit():
    assert refusal(png_header(8000, 5001)) == (
        "It has 40,008,000 pixels; at most 40,000,000 are taken. Make it smaller."
    )


@pytest.mark.parametrize("side", [10_000, 60_000], ids=["Pillow warns", "Pillow refuses"])
def test_decompression_bomb_is_refused_by_its_header(side):
    assert refusal(png_header(side, side)) == "It has more than 40,000,000 pixels. Make it smaller."


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_decompression_bomb_is_refused_where_warnings_are_only_printed():
    assert refusal(png_header(10_000, 10_000)) == (
        "It has 100,000,000 pixels; at most 40,000,000 are taken. Make it smaller."
    )


def test_file_over_the_size_limit_is_refused_with_the_limit():
    assert refusal(photograph(), size=21 * 1024**2) == "The file has 21.0 MB; at most 20 MB are taken."
