"""Pages whose own scripts change what every script relies on, or take every key."""

from __future__ import annotations

import re

import pytest

from .conftest import Visitor

pytestmark = pytest.mark.browser

#: What libraries of the past did to all arrays, objects and strings.
OLD_LIBRARIES = """<script>
  Array.prototype.toJSON = function () { return "an array"; };
  Object.prototype.toJSON = function () { return "an object"; };
  String.prototype.toJSON = function () { return "a text"; };
  Array.prototype.each = function (act) { this.forEach(act); };
  Object.prototype.extend = function () { return this; };
  Function.prototype.bindTo = function (it) { return this.bind(it); };
</script>"""

#: Shortcuts and traps for the focus: the page takes each key before anybody else.
TAKES_KEYS = """<script>
  for (const type of ["keydown", "keypress", "keyup"])
    document.addEventListener(type, (event) => {
      if (/^[a-z0-9/]$/i.test(event.key) && event.target === document.body)
        event.preventDefault();
      window.took = (window.took || "") + event.key;
    }, true);
  const note = (event) => { window.at = event.target.localName; };
  document.addEventListener("focusin", note);
</script>"""


def walk(visitor: Visitor) -> None:
    """To the result, by mouse and keys, with every type of question on the way."""
    visitor.start().pick("lpr")
    visitor.screener.get_by_label("Search the list").press_sequentially("assault")
    visitor.pick("pc_245").type(number="320").pick("travel")
    visitor.type(month="12", day="1", year="2099").pick("true")
    visitor.press("Continue").press("Show the result")
    assert visitor.heading == "What your answers may mean"
    visitor.find("summary", has_text=re.compile(r"Your \d answers")).click()
    visitor.screener.get_by_text("320 days").first.wait_for()


def test_changed_prototypes_change_no_answer_and_no_file(visitor: Visitor) -> None:
    visitor.open(OLD_LIBRARIES + visitor.host.element())
    walk(visitor)
    visitor.press("Print or save a sheet for a lawyer")
    with visitor.page.expect_download() as download:
        visitor.press("Save as text")
    text = download.value.path().read_text()
    for said in ("320 days", "Green card", "Travel", "PC 245: assault"):
        assert said in text


def test_a_page_that_takes_every_key_stops_nothing(
    visitor: Visitor,
) -> None:
    visitor.open(TAKES_KEYS + visitor.host.element())
    walk(visitor)
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("window.at") == "legal-screener"
