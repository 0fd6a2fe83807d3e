"""Where the sizes of pictures that pages show are kept."""

import logging
from typing import Any

from django.core.files.storage import FileSystemStorage
from wagtail.images.models import SourceImageIOError

logger = logging.getLogger("cms.renditions")


class RenditionStorage(FileSystemStorage):
    """Files, as everywhere; one that cannot be written costs its picture alone.

    A size is made when a page first shows it. On a full disk that would take the page
    away; Wagtail shows a missing picture in its place where the source cannot be read,
    and so it does here. The next visit tries again.
    """

    def _save(self, name: str, content: Any) -> str:
        try:
            saved: str = super()._save(name, content)  # type: ignore[misc]
        except OSError as error:
            logger.error("A picture cannot be written: %s", error.strerror)
            raise SourceImageIOError(str(error)) from error
        return saved
