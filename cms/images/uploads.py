"""What is taken as a picture: one that is whole and not too large."""

import shutil
import warnings
from io import BytesIO
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.images.metadata import strip_metadata

BROKEN = _("This image cannot be read. Save it again as a PNG or a JPEG.")
TOO_LARGE = _(
    "This image has too many pixels. Make it smaller: at most %(most)s million in "
    "all its frames together."
)
NO_SPACE = _(
    "There is no space left on the server for this file. Ask the people who run the "
    "site to free some."
)


class PictureField(WagtailImageField):
    """Reads the whole picture once: what cannot be shown later is refused now."""

    def to_python(self, data: Any) -> Any:
        if data not in self.empty_values:
            # Wagtail opens it before it looks at the size.
            self.check_image_file_size(data)
        try:
            file = super().to_python(data)
            if file is not None:
                read_whole(file)
                file.seek(0)
        except ValidationError:
            raise
        except Exception as error:  # libraries fail in ways of their own
            raise ValidationError(BROKEN, code="invalid_image") from error
        return file


def read_whole(file: Any) -> None:
    """Decode every frame. Raises what Pillow raises, or `ValidationError`."""
    max_pixels = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    file.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(BytesIO(file.read())) as picture:
            frame = 0
            if not picture.width * picture.height:
                raise ValueError("It has no size")
            while True:
                frame += 1
                if picture.width * picture.height * frame > max_pixels:
                    params = {"most": max_pixels // 1_000_000}
                    raise ValidationError(
                        TOO_LARGE, code="file_too_many_pixels", params=params
                    )
                picture.load()
                # A second picture in a photograph is its preview, or its other eye.
                if picture.format == "MPO":
                    return
                try:
                    picture.seek(frame)
                except EOFError:
                    return


class ChecksDiskSpace(forms.BaseModelForm):
    """Part of a form with a file: says beforehand that the disk is full."""

    def _post_clean(self) -> None:
        # After the model's own checks, which would miss a file that was refused.
        super()._post_clean()  # type: ignore[misc]
        file = self.cleaned_data.get("file")
        if file and "file" in self.changed_data and not has_space_for(file.size):
            self.add_error("file", ValidationError(NO_SPACE, code="no_room"))


def has_space_for(size: int) -> bool:
    """Tell whether uploads have room for so many bytes, and some to spare."""
    if not isinstance(default_storage, FileSystemStorage):
        return True
    folder = Path(default_storage.location)
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free > size + settings.MEDIA_MIN_FREE


class ImageForm(ChecksDiskSpace, BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=field.label, required=field.required, widget=field.widget
            )


class DocumentForm(ChecksDiskSpace, BaseDocumentForm):
    pass


def remove_metadata(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Remove metadata before an image is saved, whichever way it came in."""
    if kwargs.get("raw") or kwargs.get("update_fields") is not None:
        return
    file = instance.file
    if not file or (file._committed and not instance._state.adding):
        return
    file.open()
    data = file.read()
    file.seek(0)
    if (clean := strip_metadata(data)) is data:
        return
    if file._committed:
        file.storage.delete(file.name)
    instance.file = ContentFile(clean, name=Path(file.name).name)
    instance._set_image_file_metadata()


def connect_signals() -> None:
    pre_save.connect(remove_metadata, sender=get_image_model(), dispatch_uid="metadata")
