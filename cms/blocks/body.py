"""The stream of blocks that makes up the body of a page."""

from cms.blocks.law import LawQuotationBlock
from cms.blocks.media import PictureBlock
from cms.blocks.text import (
    CallToActionBlock,
    HeadingBlock,
    KeyTakeawaysBlock,
    NoticeBlock,
    QuestionsAndAnswersBlock,
    TableBlock,
    TextBlock,
)
from plugins.streams import StableStreamBlock


class BodyBlock(StableStreamBlock):
    """All our blocks, and after them what apps and plugins contribute.

    `screener` is one of those: it comes from `screening_block`.
    """

    heading = HeadingBlock()
    text = TextBlock()
    key_takeaways = KeyTakeawaysBlock()
    notice = NoticeBlock()
    questions_and_answers = QuestionsAndAnswersBlock()
    law_quotation = LawQuotationBlock()
    table = TableBlock()
    call_to_action = CallToActionBlock()
    image = PictureBlock()

    class Meta:
        contributions = ("article_blocks", "article")
