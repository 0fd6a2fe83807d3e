"""What the demo's pictures show: things of paper, without people or arms.

Everything of note stands between 180 and 720 pixels from the top: the head of an
article shows a band of the picture.
"""

from collections.abc import Callable

from cms.demo.drawing import Canvas

GREEN, DEEP, SAGE, MIST = "#14483f", "#0d332d", "#a9c3b6", "#dfe8e0"
PAPER, CREAM, SAND, OCHRE = "#fffdf8", "#f4eee0", "#e8c48f", "#bb7426"
SLATE, SKY, RUST, INK = "#345b69", "#d5e2e6", "#b4480c", "#1c2827"
SHADE = "#0b201c22"

Scene = Callable[[], Canvas]


def _room(wall: str, table: str, disc: str, at: int = 800) -> Canvas:
    """Return a wall with a large quiet disc, and a table's edge below."""
    canvas = Canvas(wall)
    canvas.disc(at, 430, 330, disc)
    canvas.box(0, 690, 1600, 210, table)
    return canvas


def _sheet(
    canvas: Canvas,
    x: float,
    y: float,
    *,
    turned: float = 0,
    lines: int = 7,
    width: float = 300,
    height: float = 400,
    ink: str = SAGE,
    paper: str = PAPER,
) -> None:
    """Draw a page with a heading and lines of text."""
    middle = (x + width / 2, y + height / 2)

    def lay(dx: float, dy: float, wide: float, high: float, colour: str) -> None:
        canvas.box(
            x + dx,
            y + dy,
            wide,
            high,
            colour,
            turned=turned,
            about=middle,
            round_by=min(6, high / 2),
        )

    canvas.box(x + 14, y + 16, width, height, SHADE, turned=turned, round_by=6)
    lay(0, 0, width, height, paper)
    lay(36, 40, width * 0.5, 18, ink)
    for number in range(lines):
        share = (0.76, 0.7, 0.76, 0.55)[number % 4]
        lay(36, 90 + 36 * number, width * share, 9, ink + "aa")


def _column(canvas: Canvas, x: float, top: float, bottom: float, colour: str) -> None:
    canvas.box(x - 34, top, 68, 18, colour)
    canvas.box(x - 24, top + 18, 48, bottom - top - 36, colour)
    canvas.box(x - 34, bottom - 18, 68, 18, colour)


def _court(canvas: Canvas, x: float, colour: str, shade: str) -> None:
    """Draw a courthouse about `x`, standing on the table."""
    canvas.polygon([(x - 290, 340), (x, 200), (x + 290, 340)], colour)
    canvas.disc(x, 290, 26, shade)
    canvas.box(x - 290, 340, 580, 30, colour)
    for place in (-225, -75, 75, 225):
        _column(canvas, x + place, 378, 640, colour)
    canvas.box(x - 300, 640, 600, 26, colour)
    canvas.box(x - 330, 666, 660, 26, colour)


def _tick(canvas: Canvas, x: float, y: float, size: float, colour: str) -> None:
    points = [(x, y + size * 0.55), (x + size * 0.38, y + size), (x + size, y)]
    canvas.line(points, colour, size * 0.24)


def _passport(
    canvas: Canvas, x: float, y: float, colour: str, *, turned: float = 0
) -> None:
    middle = (x + 115, y + 160)
    canvas.box(x + 14, y + 16, 230, 320, SHADE, round_by=16, turned=turned)
    canvas.box(x, y, 230, 320, colour, round_by=16, turned=turned)
    canvas.disc(*middle, 62, SAND)
    canvas.disc(*middle, 50, colour)
    canvas.box(x + 65, y + 156, 100, 8, SAND, turned=turned, about=middle)
    canvas.box(x + 111, y + 110, 8, 100, SAND, turned=turned, about=middle)
    canvas.box(x + 55, y + 258, 120, 12, SAND, round_by=6, turned=turned, about=middle)


def draw_struck_record() -> Canvas:
    """A judgment that is struck out, and the same judgment in another file."""
    canvas = _room("#f3efe3", SAGE, "#e4e6d6", 760)
    _sheet(canvas, 440, 225, turned=-5)
    canvas.line([(470, 560), (720, 300)], RUST, 16)
    canvas.box(900, 330, 400, 350, SLATE, round_by=14)
    canvas.box(900, 290, 170, 80, SLATE, round_by=14)
    _sheet(canvas, 945, 235, turned=3, lines=5, height=340)
    canvas.box(880, 420, 440, 270, "#43707f", round_by=14)
    canvas.box(1010, 510, 180, 60, CREAM, round_by=8)
    canvas.box(1040, 535, 120, 10, SLATE, round_by=5)
    return canvas


def draw_certificate() -> Canvas:
    """A certificate with a seal, and the pen that signs it."""
    canvas = _room("#ece9dc", "#c9b48a", "#f6f1e2", 800)
    canvas.box(484, 236, 660, 440, SHADE, round_by=8)
    canvas.box(470, 220, 660, 440, PAPER, round_by=8)
    for inset, colour in ((18, SAND), (26, PAPER)):
        canvas.box(
            470 + inset,
            220 + inset,
            660 - 2 * inset,
            440 - 2 * inset,
            colour,
            round_by=4,
        )
    canvas.box(600, 290, 400, 26, GREEN, round_by=13)
    for number, width in enumerate((480, 440, 470)):
        canvas.box(800 - width / 2, 360 + 44 * number, width, 12, SAGE, round_by=6)
    canvas.line([(560, 580), (760, 580)], INK, 4)
    canvas.polygon([(960, 560), (935, 690), (975, 665), (1000, 700), (1000, 560)], RUST)
    canvas.polygon(
        [(1040, 560), (1065, 690), (1025, 665), (1000, 700), (1000, 560)], "#9a3c09"
    )
    canvas.disc(1000, 560, 66, OCHRE)
    canvas.disc(1000, 560, 50, SAND)
    canvas.line([(640, 570), (860, 400)], DEEP, 22)
    canvas.line([(615, 590), (650, 562)], SAND, 12)
    return canvas


def draw_dated_card() -> Canvas:
    """A card with a date on it, before a calendar."""
    canvas = _room("#e9eff0", "#b7cdd3", SKY, 700)
    canvas.box(394, 226, 460, 430, SHADE, round_by=18)
    canvas.box(380, 210, 460, 430, PAPER, round_by=18)
    canvas.box(380, 210, 460, 96, SLATE, round_by=18)
    canvas.box(380, 270, 460, 36, SLATE)
    for x in (480, 740):
        canvas.box(x - 11, 180, 22, 70, DEEP, round_by=11)
    for row in range(4):
        for column in range(6):
            near = row * 6 + column
            colour = RUST if near == 16 else SAND if near in {14, 15} else SKY
            canvas.box(416 + 66 * column, 338 + 72 * row, 48, 48, colour, round_by=8)
    canvas.box(764, 416, 480, 290, SHADE, round_by=22, turned=-4)
    middle = (990, 545)
    canvas.box(750, 400, 480, 290, GREEN, round_by=22, turned=-4)
    for x, y, wide, high, colour in (
        (790, 450, 130, 170, SAGE),
        (950, 458, 230, 22, CREAM),
        (950, 506, 180, 14, SAGE),
        (950, 542, 210, 14, SAGE),
        (950, 596, 120, 26, SAND),
    ):
        canvas.box(x, y, wide, high, colour, round_by=8, turned=-4, about=middle)
    canvas.disc(853, 520, 32, GREEN)
    canvas.box(812, 562, 82, 66, GREEN, round_by=32, turned=-4, about=(853, 590))
    return canvas


def draw_open_gate() -> Canvas:
    """A path through hills, and a gate beside the wall that it went around."""
    canvas = Canvas("#f6ede0")
    canvas.disc(430, 300, 90, SAND)
    for colour, edge in (
        ("#dccaa6", [(0, 560), (260, 420), (620, 540), (980, 400), (1600, 560)]),
        ("#b59c6c", [(0, 640), (420, 520), (900, 630), (1300, 530), (1600, 620)]),
        ("#7d7a55", [(0, 700), (700, 620), (1600, 710)]),
    ):
        canvas.polygon([*edge, (1600, 900), (0, 900)], colour)
    path = [(250, 900), (470, 740), (420, 660), (560, 600), (590, 606), (470, 664)]
    canvas.polygon([*path, (560, 740), (470, 900)], CREAM)
    for x in range(760, 1600, 76):
        canvas.box(x, 430, 30, 290, SLATE, round_by=6)
    canvas.box(760, 470, 840, 22, SLATE)
    canvas.box(760, 640, 840, 22, SLATE)
    canvas.box(980, 360, 36, 380, DEEP, round_by=6)
    canvas.box(1250, 360, 36, 380, DEEP, round_by=6)
    # Nothing of the fence within the posts.
    canvas.box(1016, 425, 234, 300, "#b59c6c")
    canvas.polygon([(1016, 425), (1250, 425), (1250, 540), (1016, 570)], "#f6ede0")
    canvas.polygon([(1016, 720), (1250, 720), (1250, 655), (1016, 640)], "#7d7a55")
    canvas.polygon([(1060, 725), (1200, 725), (1150, 580), (1120, 580)], CREAM)
    canvas.polygon([(1016, 400), (1130, 440), (1130, 740), (1016, 715)], GREEN)
    canvas.disc(1108, 590, 9, SAND)
    return canvas


def draw_two_lists() -> Canvas:
    """Two lists laid on one another; some of one is not in the other."""
    canvas = Canvas("#f4efe9")
    canvas.disc(660, 440, 250, "#14483f26")
    canvas.disc(940, 440, 250, "#b4480c26")
    canvas.ring(660, 440, 250, GREEN, 10)
    canvas.ring(940, 440, 250, RUST, 10)
    for y in (350, 430, 510):
        canvas.box(470, y, 120, 16, GREEN, round_by=8)
        canvas.box(742, y, 116, 16, INK, round_by=8)
    for y in (390, 470):
        canvas.box(1010, y, 120, 16, RUST, round_by=8)
    return canvas


def draw_suitcase() -> Canvas:
    """A suitcase and a passport by a window with an aeroplane."""
    canvas = Canvas("#e9eff0")
    canvas.box(330, 130, 940, 460, PAPER, round_by=20)
    canvas.box(354, 154, 430, 412, SKY, round_by=10)
    canvas.box(816, 154, 430, 412, SKY, round_by=10)
    canvas.disc(560, 600, 130, "#e6eef0")
    canvas.box(816, 500, 430, 66, "#b9d0d6")
    canvas.box(354, 500, 430, 66, "#b9d0d6")
    canvas.line([(880, 420), (1170, 300)], PAPER, 34)
    canvas.polygon([(1000, 366), (950, 250), (985, 245), (1080, 334)], PAPER)
    canvas.polygon([(1010, 376), (1070, 470), (1100, 455), (1080, 345)], "#f0f5f6")
    canvas.polygon([(880, 420), (850, 340), (880, 334), (930, 396)], PAPER)
    canvas.box(0, 690, 1600, 210, "#98b3bb")
    canvas.box(470, 320, 150, 90, DEEP, round_by=26)
    canvas.box(492, 342, 106, 80, SKY, round_by=12)
    canvas.box(394, 396, 330, 316, SHADE, round_by=30)
    canvas.box(380, 380, 330, 316, OCHRE, round_by=30)
    for x in (430, 640):
        canvas.box(x, 380, 22, 316, "#8f5517")
    canvas.box(505, 510, 80, 50, SAND, round_by=8)
    _passport(canvas, 850, 390, GREEN, turned=9)
    return canvas


def draw_court() -> Canvas:
    """A courthouse, and the page it put its stamp on."""
    canvas = _room("#ece7d8", "#a9c3b6", "#f6f2e6", 640)
    _court(canvas, 640, GREEN, SAND)
    _sheet(canvas, 1010, 300, turned=6, lines=5, height=380)
    canvas.ring(1200, 590, 52, RUST, 9)
    canvas.line([(1172, 592), (1192, 612), (1230, 568)], RUST, 9)
    return canvas


def draw_taken_back() -> Canvas:
    """A judgment whose text is being taken away, and an arrow that leads back."""
    canvas = _room("#eef1ea", "#9db8aa", MIST, 800)
    _sheet(canvas, 620, 200, turned=0, lines=9, width=360, height=480)
    canvas.polygon([(800, 480), (980, 380), (980, 680), (700, 680)], PAPER)
    canvas.line([(872, 642), (1010, 520)], RUST, 70)
    canvas.line([(968, 558), (1040, 494)], "#f1d9c4", 70)
    canvas.arc(800, 440, 300, 150, 300, GREEN, 22)
    canvas.polygon([(492, 580), (590, 612), (526, 688)], GREEN)
    return canvas


def draw_papers() -> Canvas:
    """A folder of court papers and a list of them, two ticked."""
    canvas = _room("#f4eee0", "#d0b483", "#efe3c8", 760)
    canvas.box(396, 330, 500, 370, SHADE, round_by=14)
    canvas.box(390, 260, 200, 90, OCHRE, round_by=14)
    canvas.box(390, 310, 500, 380, OCHRE, round_by=14)
    _sheet(canvas, 470, 215, turned=-7, lines=4, height=380)
    _sheet(canvas, 560, 225, turned=4, lines=4, height=380)
    canvas.box(380, 400, 520, 290, SAND, round_by=14)
    canvas.box(540, 500, 200, 70, PAPER, round_by=8)
    canvas.box(575, 530, 130, 11, OCHRE, round_by=5)
    canvas.box(984, 226, 300, 470, SHADE, round_by=16)
    canvas.box(970, 210, 300, 470, GREEN, round_by=16)
    canvas.box(992, 250, 256, 410, PAPER, round_by=6)
    canvas.box(1060, 190, 120, 54, DEEP, round_by=14)
    for row in range(4):
        y = 300 + 84 * row
        canvas.box(1018, y, 40, 40, MIST, round_by=6)
        canvas.box(1080, y + 14, 130 - 20 * (row % 2), 12, SAGE, round_by=6)
        if row < 2:
            _tick(canvas, 1024, y + 4, 30, RUST)
    return canvas


#: By the name of an article of the demo.
SCENES: dict[str, Scene] = {
    "does-an-expunged-california-firearm-conviction-count-for-immigration": (
        draw_struck_record
    ),
    "how-a-gun-case-can-affect-citizenship": draw_certificate,
    "how-a-gun-case-can-affect-daca-and-tps": draw_dated_card,
    "if-you-entered-without-inspection-and-have-a-gun-case": draw_open_gate,
    "the-antique-gun-mismatch-in-the-ninth-circuit": draw_two_lists,
    "travel-with-a-green-card-after-a-gun-case": draw_suitcase,
    "what-counts-as-a-conviction-for-immigration": draw_court,
    "what-vacatur-is-and-how-penal-code-1473-7-works": draw_taken_back,
    "which-court-papers-to-get-before-clearing-a-record": draw_papers,
}
