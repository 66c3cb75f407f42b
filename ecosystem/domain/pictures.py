"""Uploaded pictures: checked before anything is decoded, and stored anew without what cameras write into files."""

import hashlib
from io import BytesIO
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

PIXEL_LIMIT = 40_000_000
BYTE_LIMIT = 20 * 1024 * 1024
# The formats that are taken, with the ending and the settings of the stored file.
FORMATS = {
    "JPEG": (".jpg", {"quality": 90, "optimize": True, "progressive": True}),
    "PNG": (".png", {"optimize": True}),
    "WEBP": (".webp", {"quality": 90, "method": 4}),
}


class PictureError(ValidationError):
    """The file cannot be taken; the message names the limit or what to do."""


def accept(upload: BinaryIO, *, size: int) -> ContentFile:
    """The picture as it is to be stored: upright, without EXIF, named by its content.

    `size` is in bytes. Raises PictureError when the file is too large, has too many pixels, or is no JPEG, PNG
    or WebP picture.
    """
    if size > BYTE_LIMIT:
        raise PictureError(
            _("The file has %(size)s MB; at most %(limit)s MB are taken.")
            % {"size": f"{size / 1024**2:.1f}", "limit": BYTE_LIMIT // 1024**2}
        )
    picture = _opened(upload)
    _check_pixels(picture)
    content = _stored_anew(picture)
    ending, _settings = FORMATS[picture.format]
    return ContentFile(content, name=hashlib.sha256(content).hexdigest()[:32] + ending)


def _opened(upload: BinaryIO) -> Image.Image:
    """The picture with its header read and nothing decoded."""
    upload.seek(0)
    try:
        return Image.open(upload, formats=list(FORMATS))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        # Pillow gives up by itself at 179 million pixels, far above our limit, and then does not say how many.
        raise _too_many_pixels() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise PictureError(_("This is no JPEG, PNG or WebP picture. Choose one, or convert it.")) from error


def _check_pixels(picture: Image.Image) -> None:
    if picture.width * picture.height > PIXEL_LIMIT:
        raise _too_many_pixels(picture.width * picture.height)


def _too_many_pixels(count: int | None = None) -> PictureError:
    limit = f"{PIXEL_LIMIT:,}"
    if count is None:
        return PictureError(_("It has more than %(limit)s pixels. Make it smaller.") % {"limit": limit})
    return PictureError(
        _("It has %(count)s pixels; at most %(limit)s are taken. Make it smaller.")
        % {"count": f"{count:,}", "limit": limit}
    )


def _stored_anew(picture: Image.Image) -> bytes:
    _ending, settings = FORMATS[picture.format]
    # A colour profile says how the numbers are meant and nothing about who took the picture; CMYK ones end here.
    profile = picture.info.get("icc_profile") if picture.mode != "CMYK" else None
    try:
        upright = ImageOps.exif_transpose(picture)
        if picture.format == "JPEG" and upright.mode not in {"RGB", "L"}:
            upright = upright.convert("RGB")
        target = BytesIO()
        # Comments, XMP and the rest would be written back; which colour is transparent belongs to the picture.
        upright.info = {name: said for name, said in upright.info.items() if name == "transparency"}
        upright.save(target, picture.format, icc_profile=profile, exif=b"", **settings)
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureError(_("The file is damaged: it ends too soon or cannot be decoded.")) from error
    return target.getvalue()
