"""Pictures for the demo, drawn here so that nothing has to be shipped or licensed.

Quiet landscapes of paper: layered sheets in the colours of the site, each article
with its own arrangement, always the same for the same name.
"""

import hashlib
import math
import random
from io import BytesIO

from django.core.files.images import ImageFile
from PIL import Image as PillowImage, ImageDraw, ImageFilter
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

SIZE = (1600, 900)
# Sky, then sheets from far to near, then the sun.
PALETTES = [
    ("#f3efe3", ("#d9e2d8", "#a9c3b6", "#6f9a8b", "#3a6c60", "#14483f"), "#e0a458"),
    ("#f6ede0", ("#ecd9bf", "#dbb98d", "#bf8d5b", "#875c3a", "#4a3526"), "#14483f"),
    ("#e9eff0", ("#c9d8dc", "#98b3bb", "#628793", "#345b69", "#173843"), "#e8c48f"),
    ("#f4efe9", ("#e3dccf", "#c7c3b0", "#98a08d", "#5f7265", "#2b4a43"), "#b4480c"),
]


def draw_picture(name: str, palette: int) -> bytes:
    """Draw a JPEG picture for `name`, in one of the palettes."""
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    rng = random.Random(seed)  # noqa: S311 - for looks
    sky, sheets, sun = PALETTES[palette % len(PALETTES)]
    width, height = SIZE
    image = PillowImage.new("RGB", SIZE, sky)
    radius = rng.randint(70, 120)
    x, y = rng.randint(width // 5, 4 * width // 5), rng.randint(270, 370)
    ImageDraw.Draw(image).ellipse(
        (x - radius, y - radius, x + radius, y + radius), fill=sun
    )
    for number, colour in enumerate(sheets):
        base = height * (0.42 + 0.12 * number)
        sheet = PillowImage.new("L", SIZE, 0)
        ImageDraw.Draw(sheet).polygon(_draw_edge(rng, base, width, height), fill=255)
        # A soft dark line under each edge makes the sheets lie on one another.
        shadow = sheet.filter(ImageFilter.GaussianBlur(14)).point(lambda v: v // 5)
        image.paste("#0b201c", (0, -10), shadow)
        image.paste(colour, (0, 0), sheet)
    file = BytesIO()
    image.save(file, "JPEG", quality=86)
    return file.getvalue()


def _draw_edge(
    rng: random.Random, base: float, width: int, height: int
) -> list[tuple[float, float]]:
    waves = [
        (rng.uniform(18, 60), rng.uniform(0.6, 1.5), rng.uniform(0, math.tau)),
        (rng.uniform(5, 16), rng.uniform(1.8, 3.4), rng.uniform(0, math.tau)),
    ]
    edge = [
        (
            float(x),
            base
            + sum(
                height * size / 900 * math.sin(math.tau * turns * x / width + phase)
                for size, turns, phase in waves
            ),
        )
        for x in range(0, width + 1, 8)
    ]
    return [(0.0, float(height)), *edge, (float(width), float(height))]


def get_or_draw_image(name: str, title: str) -> AbstractImage:
    """Return the image `title` of the library; drawn for `name` if not there yet."""
    model = get_image_model()
    found = model.objects.filter(title=title).first()
    if found:
        return found
    # Pictures made one after another differ in colour.
    content = draw_picture(name, model.objects.count())
    file = ImageFile(BytesIO(content), name=f"demo-{name}.jpg")
    image: AbstractImage = model.objects.create(title=title, file=file)
    return image
