"""The same body twice: as the kit's stable stream and as Wagtail's own."""

from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField as StockStreamField
from wagtail.models import Page

from plugins.streams import StableStreamBlock, StableStructBlock, StreamField


class CardBlock(StableStructBlock):
    title = blocks.CharBlock()
    note = blocks.CharBlock(required=False)


class InnerBlock(StableStreamBlock):
    text = blocks.CharBlock()

    class Meta:
        required = False


class SectionBlock(StableStructBlock):
    heading = blocks.CharBlock()
    cards = blocks.ListBlock(CardBlock())
    inner = InnerBlock()


class BodyBlock(StableStreamBlock):
    paragraph = blocks.CharBlock()
    section = SectionBlock()

    class Meta:
        contributions = ("article_blocks", "kit")


class KitPage(Page):
    body = StreamField(BodyBlock, blank=True)
    second = StreamField([("text", blocks.CharBlock())], blank=True)

    content_panels = [*Page.content_panels, FieldPanel("body"), FieldPanel("second")]
    template = "kitapp/kit_page.html"


class StockCardBlock(blocks.StructBlock):
    title = blocks.CharBlock()
    note = blocks.CharBlock(required=False)


class StockSectionBlock(blocks.StructBlock):
    heading = blocks.CharBlock()
    cards = blocks.ListBlock(StockCardBlock())
    inner = blocks.StreamBlock([("text", blocks.CharBlock())], required=False)


class StockBodyBlock(blocks.StreamBlock):
    paragraph = blocks.CharBlock()
    section = StockSectionBlock()


class StockPage(Page):
    body = StockStreamField(StockBodyBlock, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("body")]
    template = "kitapp/kit_page.html"
