from wagtail import blocks

from plugins import ArticleBlock
from plugins.streams import StableStructBlock
from plugins.streams.api_shapes import Schema, record


class NoticeBlock(StableStructBlock):
    text = blocks.CharBlock()
    urgent = blocks.BooleanBlock(required=False)

    class Meta:
        icon = "warning"
        template = "dummy_plugin/notice.html"


class DistanceBlock(StableStructBlock):
    miles = blocks.IntegerBlock(min_value=0)

    def get_api_representation(self, value, context=None):  # type: ignore[no-untyped-def]
        return {"amount": value["miles"], "unit": "mile"}

    def get_api_schema(self) -> Schema:
        return record({"amount": {"type": "integer"}, "unit": {"const": "mile"}})

    class Meta:
        api_example = {"amount": 3, "unit": "mile"}


class ExplodingBlock(blocks.CharBlock):
    """Raises in whatever its stored text names."""

    def to_python(self, value: str) -> str:
        if value == "read":
            raise RuntimeError("cannot be read")
        return value

    def _work(self, value: str, work: str) -> None:
        if value == work:
            raise RuntimeError(f"cannot {work}")

    def render_basic(self, value, context=None):  # type: ignore[no-untyped-def]
        self._work(value, "render")
        return super().render_basic(value, context)

    def get_form_state(self, value):  # type: ignore[no-untyped-def]
        self._work(value, "form")
        return super().get_form_state(value)

    def get_searchable_content(self, value):  # type: ignore[no-untyped-def]
        self._work(value, "search")
        return super().get_searchable_content(value)

    def get_api_representation(self, value, context=None):  # type: ignore[no-untyped-def]
        self._work(value, "api")
        return super().get_api_representation(value, context)

    def extract_references(self, value):  # type: ignore[no-untyped-def]
        self._work(value, "references")
        return super().extract_references(value)


BLOCKS = [
    ArticleBlock(
        key="dummy_plugin.notice",
        label="Notice",
        block=NoticeBlock,
        group="Dummy",
        contexts=("kit",),
    ),
]

# "kit" is a stream of the tests: neither block turns up in real articles.
BLOCKS.append(
    ArticleBlock(
        key="dummy_plugin.exploding",
        label="Exploding",
        block="tests.dummy_plugin.blocks.ExplodingBlock",
        contexts=("kit",),
    )
)
