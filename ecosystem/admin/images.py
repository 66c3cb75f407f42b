"""Uploaded pictures."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ecosystem.admin.acts import ActsMixin
from ecosystem.admin.suppressing import SuppressingMixin
from ecosystem.admin.uses import UsesMixin
from ecosystem.domain import pictures
from ecosystem.models import Image


class ImageForm(forms.ModelForm):
    """Takes a picture only after checking it, and stores it anew."""

    # Django's own image field would open the file before our limits are asked.
    file = forms.FileField(
        label=_("File"),
        widget=AdminFileWidget({"accept": "image/jpeg,image/png,image/webp"}),
        help_text=Image._meta.get_field("file").help_text,
    )

    class Meta:
        model = Image
        fields = ["file", "alternative", "alternative_zh", "credit", "licence"]

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if not isinstance(upload, UploadedFile):
            return upload
        picture = pictures.accept(upload, size=upload.size)
        # The name says the content: the same picture is stored once.
        name = f"{Image._meta.get_field('file').upload_to}/{picture.name}"
        return name if default_storage.exists(name) else picture


@admin.register(Image)
class ImageAdmin(UsesMixin, SuppressingMixin, ActsMixin, admin.ModelAdmin):
    suppressible = ("picture", "text")
    form = ImageForm
    list_display = ["alternative", "thumbnail", "credit", "licence", "size"]
    search_fields = ["alternative", "alternative_zh", "credit"]
    fields = ["file", "thumbnail", "alternative", "alternative_zh", "credit", "licence"]
    readonly_fields = ["thumbnail"]

    @admin.display(description=_("picture"))
    def thumbnail(self, image: Image) -> str:
        if not image.file:
            return "–"
        height = 80
        width = round(height * image.width / image.height)
        html = '<img src="{}" alt="" width="{}" height="{}" loading="lazy">'
        return format_html(html, image.file.url, width, height)

    @admin.display(description=_("pixels"))
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height}"
