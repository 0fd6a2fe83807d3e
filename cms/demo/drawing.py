"""Flat shapes on a canvas, smooth at the edges."""

import math
from collections.abc import Sequence
from io import BytesIO

from PIL import Image as PillowImage, ImageDraw

#: Of the picture, in pixels.
SIZE = (1600, 900)
#: Shapes are drawn this much larger, then made small: Pillow's own edges are jagged.
SCALE = 2
CORNER_STEPS = 8

Point = tuple[float, float]


class Canvas:
    """A picture being drawn. Places are pixels from the top left, angles degrees
    clockwise, colours `#rrggbb` or `#rrggbbaa`."""

    def __init__(self, background: str) -> None:
        width, height = SIZE
        self.image = PillowImage.new("RGB", (width * SCALE, height * SCALE), background)
        self._draw = ImageDraw.Draw(self.image, "RGBA")

    def polygon(self, points: Sequence[Point], colour: str) -> None:
        self._draw.polygon([_enlarge(point) for point in points], fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        self._draw.ellipse(_bounds(x, y, radius), fill=colour)

    def ring(self, x: float, y: float, radius: float, colour: str, wide: float) -> None:
        self.arc(x, y, radius, 0, 360, colour, wide)

    def arc(
        self,
        x: float,
        y: float,
        radius: float,
        start: float,
        end: float,
        colour: str,
        wide: float,
    ) -> None:
        """Draw a part of a ring; degrees from three o'clock."""
        box = _bounds(x, y, radius)
        self._draw.arc(box, start, end, fill=colour, width=round(wide * SCALE))

    def line(self, points: Sequence[Point], colour: str, wide: float) -> None:
        """Draw a line with round ends and corners."""
        places = [_enlarge(point) for point in points]
        width = round(wide * SCALE)
        self._draw.line(places, fill=colour, width=width, joint="curve")
        if colour[7:] in {"", "ff"}:
            for x, y in points:
                self.disc(x, y, wide / 2, colour)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        colour: str,
        *,
        round_by: float = 0,
        turned: float = 0,
        about: Point | None = None,
    ) -> None:
        """Draw a rectangle from its top left corner, turned about its middle or
        `about`."""
        points = _round_corners(x, y, width, height, round_by)
        middle = about or (x + width / 2, y + height / 2)
        self.polygon([_turn(point, middle, turned) for point in points], colour)

    def jpeg(self) -> bytes:
        file = BytesIO()
        small = self.image.resize(SIZE, PillowImage.Resampling.BOX)
        small.save(file, "JPEG", quality=88)
        return file.getvalue()


def _enlarge(point: Point) -> Point:
    return point[0] * SCALE, point[1] * SCALE


def _bounds(x: float, y: float, radius: float) -> list[float]:
    sides = (x - radius, y - radius, x + radius, y + radius)
    return [side * SCALE for side in sides]


def _turn(point: Point, middle: Point, degrees: float) -> Point:
    angle = math.radians(degrees)
    x, y = point[0] - middle[0], point[1] - middle[1]
    return (
        middle[0] + x * math.cos(angle) - y * math.sin(angle),
        middle[1] + x * math.sin(angle) + y * math.cos(angle),
    )


def _round_corners(
    x: float, y: float, width: float, height: float, radius: float
) -> list[Point]:
    right, bottom = x + width, y + height
    if not radius:
        return [(x, y), (right, y), (right, bottom), (x, bottom)]
    corners = [
        (x + radius, y + radius, 180),
        (right - radius, y + radius, 270),
        (right - radius, bottom - radius, 0),
        (x + radius, bottom - radius, 90),
    ]
    points = []
    for middle_x, middle_y, start in corners:
        for step in range(CORNER_STEPS + 1):
            angle = math.radians(start + 90 * step / CORNER_STEPS)
            points.append(
                (
                    middle_x + radius * math.cos(angle),
                    middle_y + radius * math.sin(angle),
                )
            )
    return points
