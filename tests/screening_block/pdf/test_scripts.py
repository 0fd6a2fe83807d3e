"""The document for reviewers in every script: fonts, directions, long and odd text."""

from __future__ import annotations

import copy
import io
import shutil
import time
from itertools import pairwise
from pathlib import Path

import manimgx_fonts
import pypdf
import pytest
from django.conf import settings
from django.urls import reverse
from hypothesis import given, settings as effort, strategies as st

from screening_block import engine
from screening_block.models import Publication, Release
from screening_block.pdf import fonts, press
from screening_block.pdf.lines import break_lines
from screening_block.pdf.typeset import Typesetter
from screening_block.review.part_words import Field
from screening_block.review.pdf import write_pdf
from screening_block.review.reading_copy import Chapter, ReadingEntry

#: All languages of the site, and others that people in its courts speak.
SAID = {
    "en": "Have you paid all fines? “Yes” – or not (§ 1203.4)…",
    "es": "¿Ya pagó todas las multas? Si aún no, pregúntele al señor de la corte.",
    "vi": "Họ đã trả hết tiền phạt chưa? Đường Nguyễn Huệ, ưu tiên ờ ỡ ặ ẵ ỵ ở.",
    "zh-hans": "他们付款了吗？请先询问法院书记员能否分期付款（第12.5条）。",
    "zh-hant": "他們付款了嗎？請先詢問法院書記員，「直骨」。",
    "ko": "그들이 지불했나요? 모든 서류를 가져오세요. 뷁",
    "ja": "彼らは支払いましたか？ファイルをお持ちください。",
    "tl": "Nabayaran mo na ba ang lahat ng multa? Ang mañga ito.",
    "ru": "Они заплатили? Їжак, ґанок, Ђорђе, Қазақ.",
    "el": "Πλήρωσαν; Ἀθῆναι",
    "hy": "Վճարել են",
    "ka": "გადაიხადეს თუ არა?",
    "am": "ቅጣቱን ከፍለዋል?",
    "pl": "Zażółć gęślą jaźń, žluťoučký kůň, İstanbul’da",
    "nv": "Doo łahgo ńdaʼ ąą ǫ́ǫ́",
}
#: Their letters join, and read from right to left.
ARABIC = "هل دفعوا الغرامة؟ اتصل بمحكمة المدينة قبل تقديم كل طلب جديد"
MIXED = "Họ đã trả chưa? 他们付款了吗？ 그들이 지불했나요? Платили? هل دفعوا؟"


def told(*texts: str) -> list[Chapter]:
    fields = [Field("What", [text]) for text in texts]
    return [
        Chapter("question", "Questions", [ReadingEntry("key", "A question", fields)])
    ]


def printed(*texts: str, locale: str = "en") -> str:
    file = write_pdf("Law", "Version 1", "v1", told(*texts), locale)
    return extracted(file)


def extracted(file: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(file)).pages
    return words("".join(page.extract_text() for page in pages))


def words(text: str) -> str:
    return "".join(text.split())


@pytest.fixture
def pieces(monkeypatch):
    """What is drawn: (page, height, left edge, right edge, text), in points."""
    drawn: list[tuple[int, float, float, float, str]] = []
    draw = press.Press._piece

    def record(self, piece, size, x):
        wide = self._measure(piece)[0] * size
        drawn.append((self.pdf.page, self.y, x, x + wide, piece.text))
        draw(self, piece, size, x)

    monkeypatch.setattr(press.Press, "_piece", record)
    return drawn


LEFT, RIGHT = press.MARGIN, 612 - press.MARGIN


@pytest.mark.parametrize("locale", sorted(SAID | dict(settings.LANGUAGES)))
def test_every_language_the_site_offers_is_printed(locale):
    text = printed(SAID[locale], locale=locale)
    assert words(SAID[locale]) in text
    assert "Nofontisinstalled" not in text


def test_one_label_may_be_in_every_script():
    text = printed(MIXED)
    for word in MIXED.split():
        # The one sign at the end of it reads from right to left.
        assert word.strip("؟") in text
    assert "U+" not in text


def test_a_screener_taken_in_with_every_script_is_saved_as_a_pdf(editor, screener):
    draft = screener.get_latest_revision_as_object()
    draft.title = MIXED
    question = draft.questions[0].value
    question["label"] = MIXED
    draft.save_revision()
    where = reverse("screening_block_releases_paper", args=[screener.pk, "draft"])
    text = extracted(editor.get(where).content)
    for word in MIXED.split()[:-1]:
        assert text.count(words(word)) > 1, word


def test_arabic_is_read_from_right_to_left_and_stands_at_the_right(pieces):
    text = printed(f"{ARABIC} {ARABIC} {ARABIC}")
    assert words(ARABIC) in text
    lines: dict[float, list] = {}
    for _page, y, left, right, said in pieces:
        if any("\u0600" < sign < "\u06ff" for sign in said):
            lines.setdefault(y, []).append((left, right, said))
    assert len(lines) == 2
    for parts in lines.values():
        assert max(right for _left, right, _said in parts) == pytest.approx(RIGHT)
        assert min(left for left, _right, _said in parts) >= LEFT


def test_latin_and_numbers_in_arabic_keep_their_own_direction(pieces):
    printed("راجع California Penal Code ثم (نموذج CR-180) خلال 365 يومًا.")
    (y,) = {y for _page, y, _left, _right, said in pieces if "نموذج" in said}
    line = [one for one in pieces if one[1] == y]
    assert all(a[2] < b[2] for a, b in pairwise(line))
    order = [said.strip() for *_place, said in line]
    at = {
        word: order.index(word) for word in ("365", "CR-180", "California Penal Code")
    }
    # What comes first stands furthest to the right.
    assert at["365"] < at["CR-180"] < at["California Penal Code"]
    assert "راجع" in order[-1]


def test_letters_join_and_marks_do_not_part_them(pieces):
    printed("يوما", "يومًا", *"يوما")
    wide = {said: right - left for _page, _y, left, right, said in pieces}
    assert wide["يوما"] < sum(wide[sign] for sign in "يوما") * 0.9
    assert wide["يومًا"] == pytest.approx(wide["يوما"])


@pytest.mark.parametrize(
    ("sentence", "right_to_left"),
    [
        ("“هل دفعوا؟” is 365 days or more", False),
        ("“هل دفعوا؟” ليس “yes”", True),
        ("“هل دفعوا؟”", True),
        ("1. هل دفعوا؟", True),
        ("1. Paid? هل", False),
        ("365 – (§)", False),
    ],
)
def test_a_sentence_is_read_in_its_own_direction_whatever_it_quotes(
    sentence, right_to_left
):
    assert Typesetter("en").text(sentence).right_to_left is right_to_left


def test_a_quote_does_not_turn_what_follows_it(pieces):
    printed("“هل دفعوا؟” 365 days, “كم يومًا؟” 12")
    (y,) = {y for _page, y, _left, _right, said in pieces if "365 days" in said}
    line = "|".join(said for _page, at, *_x, said in pieces if at == y)
    assert line == "“|هل دفعوا؟|” 365 days, “|كم يومًا؟|” 12"


def test_hebrew_hindi_thai_and_emoji_have_fonts():
    for text in (
        "האם הם שילמו?",
        "क्या उन्होंने जुर्माना भरा?",
        "จ่ายค่าปรับแล้ว",
        "👩‍👩‍👧‍👦 👍🏽 ❤️",
    ):
        setter = Typesetter("en")
        tokens = setter.text(text).tokens
        assert not setter.missing
        said = "".join(piece.text for token in tokens for piece in token)
        assert said == text


LONG = {
    "letters": "x" * 10_000,
    "address": "https://example.org/" + "a/b-c" * 2000,
    "Chinese": "他" * 10_000,
    "Korean": "가" * 10_000,
    "Arabic": "ه" * 10_000,
    "Arabic and English": "هل 12 ab " * 1500,
    "blanks in Arabic": "ه" + " " * 9000 + "a",
    "lines in Arabic": "ه" + "_" * 9000,
    "signs in Arabic": "ه" + "+1" * 4000,
    "marks in Arabic": "ه" + "\u064b" * 9000,
    "brackets in Arabic": "ه(" * 3000 + ")" * 3000,
    "quotes in Arabic": "“ه”" * 3000,
    "open quotes": "“" * 5000 + "ه",
    "marks": "x" + "\u0302" * 10_000,
    "Thai": "ก" * 10_000,
    "emoji": "👩‍👩‍👧‍👦" * 1500,
    "joiners": "\u200d" * 9000,
    "no font": "བ" * 9000,
    "blanks that hold": "\xa0" * 9000,
    "one very wide": "﷽" * 300,
}


@pytest.mark.parametrize("kind", LONG)
def test_a_very_long_word_is_printed_inside_the_margins_and_quickly(kind, pieces):
    start = time.process_time()
    text = printed(LONG[kind])
    assert time.process_time() - start < 5
    assert "Page1" in text
    assert all(left >= LEFT - 1 for _page, _y, left, _right, _said in pieces)
    assert max(right for _page, _y, _left, right, _said in pieces) <= RIGHT + 1
    bottom = max(y for _page, y, *_x, said in pieces if not said.startswith("Page"))
    assert bottom < 792 - press.MARGIN / 2
    if kind in ("letters", "Chinese", "Korean"):
        assert text.count(LONG[kind][0]) == 10_000


@effort(max_examples=80, deadline=None)
@given(
    st.text(
        st.characters()
        | st.sampled_from("“”()\u202e\u2066\u200f\u200dهש\ud800\x00 -12a{}\\%<&"),
        max_size=80,
    )
)
def test_no_text_is_a_fault(text):
    assert write_pdf(text, text, text, told(text), "en").startswith(b"%PDF")


def test_what_steers_printers_and_directions_is_not_printed():
    hostile = (
        "a\x00b\x07c \u202eevil\u202c\u2066 \u200bzero\ufeff\u00ad {nb} (p) \\ <b>&amp;"
    )
    text = printed(hostile)
    assert words("abc evil zero {nb} (p) \\ <b>&amp;") in text
    assert "\ufffd" in printed("half a sign: \ud83d")


def test_a_script_without_a_font_is_named_once_and_nothing_is_lost_unsaid():
    text = printed("Tibetan: བོད་སྐད་ བོད, Cherokee: ᏣᎳᎩ, private: \ue000 end")
    said = "Nofontisinstalledherefor:Cherokee,Tibetan,somesymbols."
    assert text.count(said) == 1
    assert words("Tibetan: □ □, Cherokee: □, private: □ end") in text
    assert "U+" not in text


def test_without_packages_of_fonts_the_document_says_so_and_prints_the_rest(
    monkeypatch,
):
    monkeypatch.setattr(fonts, "PACKAGES", {})
    monkeypatch.setattr(fonts, "FOLDERS", ())
    text = printed("“Paid” → no – € ñ", *SAID.values(), ARABIC)
    assert words("“Paid” -> no – € ñ") in text
    assert words(SAID["es"]) in text
    named = text.partition("Nofontisinstalledherefor:")[2].partition(".")[0].split(",")
    assert {"Arabic", "Chinesecharacters", "Korean", "someLatinletters"} <= set(named)


def test_fonts_of_debian_serve_where_packages_have_none(monkeypatch, tmp_path):
    folder = Path(manimgx_fonts.__file__).parent
    for name in ("Sans", "SansHebrew", "SansSyriac"):
        source = folder / f"Noto{name.replace('Syriac', 'Thai')}[wght].ttf"
        shutil.copy(source, tmp_path / f"Noto{name}-Regular.ttf")
    (tmp_path / "NotoSansHebrewUI-Regular.ttf").write_bytes(b"not a font")
    monkeypatch.setattr(fonts, "PACKAGES", {})
    monkeypatch.setattr(fonts, "FOLDERS", (str(tmp_path),))
    assert [face.key for face in fonts.find_faces("he")] == [
        "Sans",
        "SansHebrew",
        "SansSyriac",
    ]
    text = printed("Заплатили? שילמו ค่า")
    assert "Заплатили?" in text
    assert "Nofontisinstalled" not in text


def test_chinese_characters_are_drawn_as_the_country_of_the_text_draws_them():
    drawn = {
        locale: next(f.key for f in fonts.find_faces(locale) if "直" in f)
        for locale in ("zh-hans", "zh-hant", "ja", "ko", "en", "vi")
    }
    assert drawn == {
        "zh-hans": "SansSC",
        "zh-hant": "SansTC",
        "ja": "SansJP",
        "ko": "SansKR",
        "en": "SansSC",
        "vi": "SansSC",
    }


def test_lines_end_between_chinese_characters_but_not_before_a_full_stop():
    setter = Typesetter("zh-hans")
    text = setter.text("他们付款了吗？（是）。" * 9)
    lines = break_lines(text, 8, lambda piece: (len(piece.text),) * 2)
    said = ["".join(piece.text for piece in line) for line in lines]
    assert "".join(said) == "他们付款了吗？（是）。" * 9
    assert all(len(line) <= 8 for line in said)
    assert not [line for line in said if line[0] in "？）。" or line[-1] == "（"]


def test_a_heading_does_not_end_a_page(pieces):
    entries = [
        ReadingEntry("key", f"Heading {n}", [Field("What", ["text"] * (n % 7 + 1))])
        for n in range(200)
    ]
    write_pdf("Law", "V", "v1", [Chapter("question", "Questions", entries)], "en")
    places = [(page, said) for page, _y, _left, _right, said in pieces]
    said = [one for one in places if not one[1].startswith(("Page", "Law", "v1"))]
    for (page, heading), (following, _text) in pairwise(said):
        if heading.startswith("Heading"):
            assert page == following


def test_a_translation_is_read_and_printed_too(editor, screener):
    data = Release.current("small").load().data
    texts = copy.deepcopy(data["texts"]["en"])
    texts["title"] = MIXED
    texts["questions"]["days"]["label"] = "Bao nhiêu ngày tù?"
    translated = {**data, "texts": {**data["texts"], "vi": texts}}
    row = Release.keep(engine.load_release(translated))
    Publication.objects.create(
        screener_key="small", screener=screener.translation_key, release=row, cause="vi"
    )
    read = reverse("screening_block_releases_read", args=[screener.pk, row.pk])
    assert 'href="?locale=vi"' in editor.get(read).content.decode()
    shown = editor.get(read, {"locale": "vi"}).content.decode()
    paper = reverse("screening_block_releases_paper", args=[screener.pk, row.pk])
    assert f'href="{paper}?locale=vi"' in shown
    answer = editor.get(paper, {"locale": "vi"})
    assert answer["Content-Disposition"].endswith('-vi.pdf"')
    for text in (extracted(answer.content), words(shown)):
        assert words("Bao nhiêu ngày tù?") in text
    assert words("Bao nhiêu") not in extracted(editor.get(paper).content)
    assert editor.get(paper, {"locale": "xx"}).content == editor.get(paper).content
