"""Pictures for the demo, drawn here so that nothing has to be shipped or licensed."""

from io import BytesIO

from django.core.files.images import ImageFile
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from cms.demo.scenes import SCENES, draw_papers


def get_or_draw_image(name: str, title: str) -> AbstractImage:
    """Return the image `title` of the library; drawn for `name` if not there yet."""
    model = get_image_model()
    found = model.objects.filter(title=title).first()
    if found:
        return found
    draw = SCENES.get(name, draw_papers)
    content = draw().jpeg()
    file = ImageFile(BytesIO(content), name=f"demo-{name}.jpg")
    image: AbstractImage = model.objects.create(title=title, file=file)
    return image
