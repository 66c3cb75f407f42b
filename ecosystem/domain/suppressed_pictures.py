"""Taking a picture away: from the pages that show it, from their stored states, and from the storage."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from django.core.files.storage import Storage
from django.db.models import Field, ForeignKey, Model
from django.utils.translation import gettext as _

from ecosystem.domain.suppressed_records import read_models
from ecosystem.domain.tombstones import SuppressionError
from ecosystem.models import Image, Revision


class FilesRemainError(SuppressionError):
    """Everything was taken off, but files could not be deleted from the storage; the message names them."""


def picture_fields() -> list[Field]:
    """The columns of other records that point to a picture."""
    return [
        field
        for model in read_models()
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is Image
    ]


def same_pictures(image: Image) -> list[Image]:
    """The picture, and other records of the same file: the same content is stored once."""
    return list(Image.objects.filter(file=image.file.name).order_by("pk"))


def pages_showing(images: Iterable[Image]) -> list[Model]:
    images = list(images)
    return [
        page
        for field in picture_fields()
        for page in field.model.objects.filter(**{f"{field.name}__in": images}).order_by("pk")
    ]


def unlink(images: Iterable[Image]) -> None:
    """Let no record and no stored state point to the pictures. Raises SuppressionError where one has to."""
    images = list(images)
    for field in picture_fields():
        rows = field.model.objects.filter(**{f"{field.name}__in": images})
        if not field.null and rows.exists():
            kind = field.model._meta.verbose_name
            raise SuppressionError(
                _("A %(kind)s needs this picture. Give it another one first.") % {"kind": kind}
            )
        if field.null:
            rows.update(**{field.name: None})
    _unlink_states({image.pk for image in images})


def _unlink_states(keys: set[int]) -> None:
    names = {(field.model._meta.label_lower, field.name) for field in picture_fields()}
    for state in Revision.objects.iterator(chunk_size=200):
        shown = [
            (entry["fields"], name)
            for entry in state.data
            for model, name in names
            if entry.get("model") == model and entry.get("fields", {}).get(name) in keys
        ]
        for fields, name in shown:
            fields[name] = None
        if shown:
            state.save(update_fields=["data"])


def files_of(images: Iterable[Image]) -> tuple[Storage, set[str]]:
    """Where the pictures lie, and the names of their files and of every rendition that was made of them."""
    images = list(images)
    storage, name = images[0].file.storage, images[0].file.name
    stem = PurePosixPath(name).stem
    others = Image.objects.exclude(pk__in=[image.pk for image in images]).values_list("file", flat=True)
    longer = tuple(PurePosixPath(other).stem for other in others if PurePosixPath(other).stem != stem)
    found = {
        file
        for file in _names_in(storage, str(PurePosixPath(name).parent))
        if PurePosixPath(file).stem.startswith(stem) and not _is_of(file, longer, stem)
    }
    return storage, found | {name}


def _is_of(file: str, others: tuple[str, ...], stem: str) -> bool:
    """Whether the file belongs to a picture whose name only begins in the same way."""
    return any(other.startswith(stem) and PurePosixPath(file).stem.startswith(other) for other in others)


def delete_files(storage: Storage, names: Iterable[str]) -> None:
    """Delete them all; raises FilesRemainError when the storage refuses some."""
    remaining = []
    for name in sorted(names):
        try:
            storage.delete(name)
        except Exception:
            remaining.append(name)
    if remaining:
        raise FilesRemainError(
            _(
                "It is gone from the site, but the storage refused to delete: %(names)s. Delete it there by hand."
            )
            % {"names": ", ".join(remaining)}
        )


def _names_in(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except (NotImplementedError, FileNotFoundError):  # a storage that cannot list, or nothing there
        return
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from _names_in(storage, f"{folder}/{name}")
