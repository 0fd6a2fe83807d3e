"""Made by clients/generate.py from the API's description. Do not edit."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict


class Action(TypedDict):
    key: str
    type: str
    label: str
    url: NotRequired[str]
    subject: NotRequired[str]


class ActionLink(TypedDict):
    label: str
    link: Reference


class Article(TypedDict):
    id: int
    slug: str
    locale: str
    title: str
    summary: str
    url: str
    authors: list[Author]
    topics: list[TopicLink]
    image: Image | None
    published_at: str
    updated_at: str
    reading_minutes: int
    review: Any
    translation_reviewed: bool | None
    body: list[BodyBlock]
    links: list[Reference]
    related: list[Related]
    translations: list[Translation]


class ArticleChange(TypedDict):
    type: Literal['article']
    id: int
    slug: str
    locale: str
    seq: int
    change: Literal['published', 'changed', 'withdrawn', 'recalled']
    gone: bool
    at: str
    url: str | None
    digest: str | None


class ArticleFields(TypedDict):
    id: NotRequired[int]
    slug: NotRequired[str]
    locale: NotRequired[str]
    title: NotRequired[str]
    summary: NotRequired[str]
    url: NotRequired[str]
    authors: NotRequired[list[Author]]
    topics: NotRequired[list[TopicLink]]
    image: NotRequired[Image | None]
    published_at: NotRequired[str]
    updated_at: NotRequired[str]
    reading_minutes: NotRequired[int]
    review: NotRequired[Any]
    translation_reviewed: NotRequired[bool | None]
    body: NotRequired[list[BodyBlock]]
    links: NotRequired[list[Reference]]
    related: NotRequired[list[Related]]
    translations: NotRequired[list[Translation]]


class ArticleList(TypedDict):
    count: int
    next: str | None
    previous: str | None
    next_cursor: str | None
    results: list[ArticleSummary | ArticleFields]


class ArticleSummary(TypedDict):
    id: int
    slug: str
    locale: str
    title: str
    summary: str
    url: str
    authors: list[Author]
    topics: list[TopicLink]
    image: Image | None
    published_at: str
    updated_at: str
    reading_minutes: int
    review: Any
    translation_reviewed: bool | None


class Author(TypedDict):
    name: str
    role: str
    bar_admission: str


class BatchResult(TypedDict):
    screener: str
    release: str
    as_of: str
    items: list[ItemResult]


class CallToActionBlockValue(TypedDict):
    title: str
    text: str
    label: str
    url: str | None
    link: Reference | None


class CallToActionBlock(TypedDict):
    id: str | None
    type: Literal['call_to_action']
    value: CallToActionBlockValue


class ChangeList(TypedDict):
    results: list[Change]
    next: str
    has_more: bool


class Chart(TypedDict):
    key: str
    label: str
    columns: list[ChartColumn]
    rows: list[ChartRow]


class ChartChange(TypedDict):
    type: Literal['chart']
    key: str
    seq: int
    change: Literal['published', 'changed', 'withdrawn', 'recalled']
    gone: bool
    at: str
    url: str | None
    digest: str | None


class ChartColumn(TypedDict):
    key: str
    label: str
    type: ChartColumnTypeEnum
    values: dict[str, Any]
    default: Any | None


class ChartRow(TypedDict):
    key: str
    label: str
    citations: list[Citation]
    status: StatusEnum
    checked_on: str | None
    cells: dict[str, Any]


class Citation(TypedDict):
    text: str
    url: NotRequired[str]
    status: StatusEnum
    source: NotRequired[str]


DatedValue = TypedDict("DatedValue", {
    "from": "str",
    "value": "Any",
})


class Evaluate(TypedDict):
    answers: dict[str, Any]
    as_of: NotRequired[str]
    locale: NotRequired[str]
    release: NotRequired[str]


class EvaluateBatch(TypedDict):
    as_of: NotRequired[str]
    locale: NotRequired[str]
    release: NotRequired[str]
    items: list[Item]


class Finding(TypedDict):
    key: str
    group: GroupEnum
    level: LevelEnum
    severity: SeverityEnum
    heading: str
    body: str
    status: StatusEnum
    notes: list[str]
    checked_on: str | None
    checked: str
    off_paper: OffPaperEnum | NullEnum
    citations: list[Citation]
    because: list[str]
    missing: list[Missing]
    actions: list[Action]


class HeadingBlockValue(TypedDict):
    text: str


class HeadingBlock(TypedDict):
    id: str | None
    type: Literal['heading']
    value: HeadingBlockValue


class HelpEntriesBlockValue(TypedDict):
    title: str
    subject: str | None
    entries: list[HelpEntry]


class HelpEntriesBlock(TypedDict):
    id: str | None
    type: Literal['help_entries']
    value: HelpEntriesBlockValue


class HelpEntry(TypedDict):
    key: str
    name: str
    subjects: list[str]
    note: str
    languages: list[str]
    areas: list[str]
    counties: list[str]
    phones: list[Phone]
    hours: Hours
    address: str
    url: str
    source: str
    source_dated: str | None
    checked_on: str | None
    confirm: bool
    checked: str


class HelpEntryChange(TypedDict):
    type: Literal['help_entry']
    key: str
    locale: str
    seq: int
    change: Literal['published', 'changed', 'withdrawn', 'recalled']
    gone: bool
    at: str
    url: str | None
    digest: str | None


class HelpEntryFields(TypedDict):
    key: NotRequired[str]
    name: NotRequired[str]
    subjects: NotRequired[list[str]]
    note: NotRequired[str]
    languages: NotRequired[list[str]]
    areas: NotRequired[list[str]]
    counties: NotRequired[list[str]]
    phones: NotRequired[list[Phone]]
    hours: NotRequired[Hours]
    address: NotRequired[str]
    url: NotRequired[str]
    source: NotRequired[str]
    source_dated: NotRequired[str | None]
    checked_on: NotRequired[str | None]
    confirm: NotRequired[bool]
    checked: NotRequired[str]


class HelpLine(TypedDict):
    label: str
    number: str
    tel: str
    hours: str
    language: str


class HelpList(TypedDict):
    count: int
    next: str | None
    previous: str | None
    results: list[HelpEntry | HelpEntryFields]


class Hours(TypedDict):
    time_zone: str
    weekly: list[Opening]
    words: list[str]
    note: str


class ImageRenditions(TypedDict):
    url: str
    width: int
    height: int


class ImageFocalPoint(TypedDict):
    x: float
    y: float


class Image(TypedDict):
    url: str
    width: int
    height: int
    alt: str
    srcset: str
    renditions: list[ImageRenditions]
    focal_point: ImageFocalPoint | None


class ImageBlockValueRenditions(TypedDict):
    url: str
    width: int
    height: int


class ImageBlockValueFocalPoint(TypedDict):
    x: float
    y: float


class ImageBlockValue(TypedDict):
    url: str
    width: int
    height: int
    alt: str
    srcset: str
    renditions: list[ImageBlockValueRenditions]
    focal_point: ImageBlockValueFocalPoint | None
    caption: str


class ImageBlock(TypedDict):
    id: str | None
    type: Literal['image']
    value: ImageBlockValue | None


class Index(TypedDict):
    articles: str
    topics: str
    terms: str
    pages: str
    site: str
    screeners: str
    thresholds: str
    help: str
    changes: str
    schema: str
    docs: str


class Item(TypedDict):
    answers: dict[str, Any]


class ItemProblem(TypedDict):
    type: str
    title: str
    status: int
    errors: list[Place]


class ItemResult(TypedDict):
    index: int
    result: EvaluationResult | None
    problem: ItemProblem | None


class KeptBlock(TypedDict):
    id: str | None
    type: Literal['kept']
    value: None


class KeyTakeawaysBlockValue(TypedDict):
    items: list[str]


class KeyTakeawaysBlock(TypedDict):
    id: str | None
    type: Literal['key_takeaways']
    value: KeyTakeawaysBlockValue


class LawQuotationBlockValue(TypedDict):
    quote: str
    language: Literal['', 'en', 'es', 'zh-hans', 'vi', 'ko', 'tl'] | None
    translation: str | None
    citation: str
    url: str | None
    status: Literal['verified', 'needs_checking']


class LawQuotationBlock(TypedDict):
    id: str | None
    type: Literal['law_quotation']
    value: LawQuotationBlockValue


class Level(TypedDict):
    key: str
    level: LevelEnum
    severity: SeverityEnum


class LevelsResult(TypedDict):
    detail: LevelsResultDetailEnum
    screener: str
    release: str
    as_of: str
    engine: str
    complete: bool
    next: str | None
    findings: list[Level]


class MenuEntry(TypedDict):
    label: str
    url: str
    link: Reference | None


class Menus(TypedDict):
    main: list[MenuEntry]
    footer: list[MenuEntry]


class Missing(TypedDict):
    question: str
    state: MissingStateEnum


class NoticeBlockValue(TypedDict):
    tone: Literal['info', 'caution', 'urgent']
    title: str
    text: str


class NoticeBlock(TypedDict):
    id: str | None
    type: Literal['notice']
    value: NoticeBlockValue


class Opening(TypedDict):
    days: list[int]
    opens: str
    closes: str


class Page(TypedDict):
    id: int
    type: str
    slug: str
    path: str
    locale: str
    title: str
    summary: str
    url: str
    parent: int | None
    in_menus: bool
    published_at: str | None
    updated_at: str | None
    description: str
    body: list[BodyBlock]
    links: list[Reference]
    translations: list[Translation]
    key: str | None
    area: str | None
    people: list[TeamPerson]
    action: ActionLink | None


class PageChange(TypedDict):
    type: Literal['page']
    id: int
    slug: str
    locale: str
    seq: int
    change: Literal['published', 'changed', 'withdrawn', 'recalled']
    gone: bool
    at: str
    url: str | None
    digest: str | None


class PageFields(TypedDict):
    id: NotRequired[int]
    type: NotRequired[str]
    slug: NotRequired[str]
    path: NotRequired[str]
    locale: NotRequired[str]
    title: NotRequired[str]
    summary: NotRequired[str]
    url: NotRequired[str]
    parent: NotRequired[int | None]
    in_menus: NotRequired[bool]
    published_at: NotRequired[str | None]
    updated_at: NotRequired[str | None]
    description: NotRequired[str]
    body: NotRequired[list[BodyBlock]]
    links: NotRequired[list[Reference]]
    translations: NotRequired[list[Translation]]
    key: NotRequired[str | None]
    area: NotRequired[str | None]
    people: NotRequired[list[TeamPerson]]
    action: NotRequired[ActionLink | None]


class PageList(TypedDict):
    count: int
    next: str | None
    previous: str | None
    results: list[PageSummary | PageFields]


class PageSummary(TypedDict):
    id: int
    type: str
    slug: str
    path: str
    locale: str
    title: str
    summary: str
    url: str
    parent: int | None
    in_menus: bool
    published_at: str | None
    updated_at: str | None


class PersonLink(TypedDict):
    label: str
    url: str


class Phone(TypedDict):
    label: str
    number: str
    tel: str


class Place(TypedDict):
    path: str
    code: str
    message: str


class PlacesProblemErrors(TypedDict):
    path: str
    code: str
    message: str


class PlacesProblem(TypedDict):
    type: Literal['about:blank']
    title: str
    status: int
    errors: NotRequired[list[PlacesProblemErrors]]


class Preview(TypedDict):
    draft: bool
    ends_at: str
    title: str
    locale: str
    url: str
    article: NotRequired[Any]
    page: NotRequired[Any]
    release: NotRequired[Any]


class Problem(TypedDict):
    type: Literal['about:blank']
    title: str
    status: int


class QuestionsAndAnswersBlockValueItems(TypedDict):
    question: str
    answer: str


class QuestionsAndAnswersBlockValue(TypedDict):
    items: list[QuestionsAndAnswersBlockValueItems]


class QuestionsAndAnswersBlock(TypedDict):
    id: str | None
    type: Literal['questions_and_answers']
    value: QuestionsAndAnswersBlockValue


class Reasoned(TypedDict):
    key: str
    group: GroupEnum
    level: LevelEnum
    severity: SeverityEnum
    heading: str
    because: list[str]
    missing: list[Missing]


class ReasonsResult(TypedDict):
    detail: ReasonsResultDetailEnum
    screener: str
    release: str
    as_of: str
    engine: str
    complete: bool
    next: str | None
    findings: list[Reasoned]
    locale: str
    translation_reviewed: bool | None


class RecalledProblem(TypedDict):
    type: Literal['about:blank']
    title: str
    status: int
    detail: str
    reason: str
    reason_locale: str
    release: str
    recalled_at: str
    successor: str | None


class Reference(TypedDict):
    type: str
    id: int
    slug: str
    key: str | None
    locale: str
    title: str
    url: str


class Related(TypedDict):
    type: str
    id: int
    slug: str
    key: str | None
    locale: str
    title: str
    url: str
    summary: str


class ReleaseReview(TypedDict):
    reviewer: None | str
    reviewed_on: None | str
    next_due: None | str


class ReleaseQuestionsOptions(TypedDict):
    key: str
    exclusive: NotRequired[bool]


class ReleaseQuestions(TypedDict):
    key: str
    type: Literal['choice', 'choices', 'yes_no', 'integer', 'money', 'date'] | str
    options: NotRequired[list[ReleaseQuestionsOptions]]
    chart: NotRequired[str]
    unit: NotRequired[str]
    min: NotRequired[int]
    max: NotRequired[int]
    currency: NotRequired[str]
    ask_when: NotRequired[ReleaseCondition]
    optional: NotRequired[bool]
    off_paper: NotRequired[bool]
    section: NotRequired[str]


class ReleaseChartsColumns(TypedDict):
    key: str
    type: Literal['choice', 'choices']
    values: list[str]
    default: None | str | str | list[str]


class ReleaseChartsRowsCitations(TypedDict):
    text: str
    status: Literal['verified', 'needs_checking']
    url: NotRequired[str]
    source: NotRequired[str]


class ReleaseChartsRows(TypedDict):
    key: str
    cells: dict[str, str | list[str]]
    citations: list[ReleaseChartsRowsCitations]
    status: Literal['verified', 'needs_checking']
    checked_on: None | str


class ReleaseCharts(TypedDict):
    columns: list[ReleaseChartsColumns]
    rows: list[ReleaseChartsRows]


ReleaseThresholdsValues = TypedDict("ReleaseThresholdsValues", {
    "from": "str",
    "value": "int | str",
})


class ReleaseThresholdsCitations(TypedDict):
    text: str
    status: Literal['verified', 'needs_checking']
    url: NotRequired[str]
    source: NotRequired[str]


class ReleaseThresholds(TypedDict):
    type: Literal['integer', 'money', 'date']
    unit: None | Literal['days', 'months', 'years']
    values: list[ReleaseThresholdsValues]
    citations: list[ReleaseThresholdsCitations]
    status: Literal['verified', 'needs_checking']
    checked_by: None | str
    checked_on: None | str


class ReleaseFacts(TypedDict):
    key: str
    when: ReleaseCondition


class ReleaseFindingsCitations(TypedDict):
    text: str
    status: Literal['verified', 'needs_checking']
    url: NotRequired[str]
    source: NotRequired[str]


class ReleaseFindingsActions(TypedDict):
    key: str
    type: Literal['step', 'link', 'help']
    url: NotRequired[str]
    subject: NotRequired[str]


class ReleaseFindingsActions1(TypedDict):
    key: str
    type: str
    url: NotRequired[str]
    subject: NotRequired[str]


class ReleaseFindingsNotes(TypedDict):
    key: str
    when: ReleaseCondition
    reassures: NotRequired[bool]


class ReleaseFindings(TypedDict):
    key: str
    group: Literal['case', 'risk', 'help', 'next']
    severity: Literal['info', 'caution', 'high', 'urgent']
    citations: list[ReleaseFindingsCitations]
    status: Literal['verified', 'needs_checking']
    checked_on: None | str
    actions: list[ReleaseFindingsActions | ReleaseFindingsActions1]
    urgent_when: NotRequired[ReleaseCondition]
    applies_when: NotRequired[ReleaseCondition]
    may_apply_when: NotRequired[ReleaseCondition]
    unless: NotRequired[ReleaseCondition]
    notes: NotRequired[list[ReleaseFindingsNotes]]
    off_paper: NotRequired[bool]
    reassures: NotRequired[bool]


class ReleaseTextsQuestions(TypedDict):
    label: NotRequired[str]
    help: NotRequired[str]
    why: NotRequired[str]
    where: NotRequired[str]
    options: NotRequired[dict[str, str]]


class ReleaseTextsCharts(TypedDict):
    label: NotRequired[str]
    columns: NotRequired[dict[str, str]]
    rows: NotRequired[dict[str, str]]
    values: NotRequired[dict[str, dict[str, str]]]


class ReleaseTextsThresholds(TypedDict):
    label: NotRequired[str]
    note: NotRequired[str]


class ReleaseTextsFacts(TypedDict):
    label: NotRequired[str]


class ReleaseTextsFindings(TypedDict):
    heading: NotRequired[str]
    body: NotRequired[str]
    notes: NotRequired[dict[str, str]]
    actions: NotRequired[dict[str, str]]


class ReleaseTexts(TypedDict):
    title: NotRequired[str]
    intro: NotRequired[str]
    at_hand: NotRequired[str]
    foreign_words: NotRequired[str]
    sections: NotRequired[dict[str, str]]
    questions: NotRequired[dict[str, ReleaseTextsQuestions]]
    charts: NotRequired[dict[str, ReleaseTextsCharts]]
    thresholds: NotRequired[dict[str, ReleaseTextsThresholds]]
    facts: NotRequired[dict[str, ReleaseTextsFacts]]
    findings: NotRequired[dict[str, ReleaseTextsFindings]]
    short: NotRequired[dict[str, str]]
    shown: NotRequired[dict[str, str]]


class ReleaseAbout(TypedDict):
    minutes: NotRequired[int]


class ReleaseShortMeaning(TypedDict):
    key: str
    when: NotRequired[ReleaseCondition]
    reassures: NotRequired[bool]


class ReleaseShortRisk(TypedDict):
    key: str
    when: NotRequired[ReleaseCondition]
    reassures: NotRequired[bool]


class ReleaseShortAction(TypedDict):
    key: str
    when: NotRequired[ReleaseCondition]
    reassures: NotRequired[bool]


class ReleaseShort(TypedDict):
    meaning: NotRequired[list[ReleaseShortMeaning]]
    risk: NotRequired[list[ReleaseShortRisk]]
    action: NotRequired[list[ReleaseShortAction]]


class ReleaseShownGroups(TypedDict):
    key: str
    of: list[Literal['case', 'risk', 'next']]


class ReleaseShown(TypedDict):
    open_most: NotRequired[int]
    groups: NotRequired[list[ReleaseShownGroups]]


class Release(TypedDict):
    format: int
    key: str
    jurisdiction: str
    locale: str
    time_zone: str
    roll: Literal['last_day', 'next_day']
    review: ReleaseReview
    questions: list[ReleaseQuestions]
    charts: dict[str, ReleaseCharts]
    thresholds: dict[str, ReleaseThresholds]
    facts: list[ReleaseFacts]
    findings: list[ReleaseFindings]
    texts: dict[str, ReleaseTexts]
    exclusive: NotRequired[list[list[str]]]
    about: NotRequired[ReleaseAbout]
    short: NotRequired[ReleaseShort]
    shown: NotRequired[ReleaseShown]
    unreviewed_languages: NotRequired[list[str]]


class ReleaseChange(TypedDict):
    type: Literal['release']
    sha256: str
    seq: int
    change: Literal['published', 'changed', 'withdrawn', 'recalled']
    gone: bool
    at: str
    url: str | None
    digest: str | None


class ReleaseConditionValue(TypedDict):
    op: Literal['all']
    of: list[ReleaseCondition]


class ReleaseConditionValue1(TypedDict):
    op: Literal['any']
    of: list[ReleaseCondition]


class ReleaseConditionValue2(TypedDict):
    op: Literal['not']
    of: list[ReleaseCondition]


class ReleaseConditionValue3(TypedDict):
    op: Literal['at_least']
    n: int
    of: list[ReleaseCondition]


class ReleaseConditionValue4(TypedDict):
    op: Literal['is']
    question: str
    value: str | bool


class ReleaseConditionValue5(TypedDict):
    op: Literal['in']
    question: str
    values: list[str | bool]


class ReleaseConditionValue6(TypedDict):
    op: Literal['has_any']
    question: str
    values: list[str]


class ReleaseConditionValue7(TypedDict):
    op: Literal['has_all']
    question: str
    values: list[str]


class ReleaseConditionValue8(TypedDict):
    op: Literal['has_none']
    question: str
    values: list[str]


class ReleaseConditionValue9(TypedDict):
    op: Literal['column']
    column: str
    test: Literal['is', 'in', 'has_any']
    question: str
    values: list[str]


class ReleaseConditionValue10(TypedDict):
    op: Literal['compare']
    left: ReleaseOperand
    cmp: Literal['lt', 'le', 'eq', 'ge', 'gt']
    right: ReleaseOperand


ReleaseConditionValue11 = TypedDict("ReleaseConditionValue11", {
    "op": "Literal['elapsed']",
    "from": "ReleaseOperand",
    "until": "ReleaseOperand",
    "unit": "Literal['days', 'months', 'years']",
    "cmp": "Literal['lt', 'le', 'eq', 'ge', 'gt']",
    "n": "ReleaseOperand",
    "roll": "NotRequired[Literal['last_day', 'next_day']]",
})


class ReleaseConditionValue12(TypedDict):
    op: Literal['fact']
    fact: str


class ReleaseConditionValue13(TypedDict):
    op: Literal['dont_know']
    question: str


class ReleaseConditionValue14(TypedDict):
    op: str


class ReleaseOperandValue(TypedDict):
    question: str


class ReleaseOperandValue1(TypedDict):
    threshold: str


class ReleaseOperandValue2(TypedDict):
    value: int | str


class ReleaseOperandValue3(TypedDict):
    today: Literal[True]


class Result(TypedDict):
    detail: ResultDetailEnum
    screener: str
    release: str
    as_of: str
    engine: str
    locale: str
    translation_reviewed: bool | None
    complete: bool
    next: str | None
    shown: Shown
    findings: list[Finding]


class Review(TypedDict):
    state: ReviewStateEnum
    reviewed_by: str | None
    reviewed_on: str | None
    next_review_due: str | None
    law_checked_on: str | None


class ScreenerBlockValueEmbed(TypedDict):
    release: str
    locales: list[str]
    source: str
    script: str
    frame: str
    page: str
    oembed: str


class ScreenerBlockValue(TypedDict):
    key: str
    title: str
    embed: NotRequired[ScreenerBlockValueEmbed]


class ScreenerBlock(TypedDict):
    id: str | None
    type: Literal['screener']
    value: ScreenerBlockValue | None


class ScreenerChange(TypedDict):
    type: Literal['screener']
    key: str
    seq: int
    change: Literal['published', 'changed', 'withdrawn', 'recalled']
    gone: bool
    at: str
    url: str | None
    digest: str | None


class ScreenerHelp(TypedDict):
    directory: str
    subjects: dict[str, Any]
    languages: dict[str, Any]
    more: bool
    entries: list[dict[str, Any]]


class ScreenerHelpChange(TypedDict):
    type: Literal['screener_help']
    key: str
    locale: str
    seq: int
    change: Literal['published', 'changed', 'withdrawn', 'recalled']
    gone: bool
    at: str
    url: str | None
    digest: str | None


class ScreenerQuestionBlockValueEmbed(TypedDict):
    release: str
    locales: list[str]
    source: str
    script: str
    frame: str
    page: str
    oembed: str


class ScreenerQuestionBlockValue(TypedDict):
    key: str
    title: str
    first_question: Literal[True]
    embed: NotRequired[ScreenerQuestionBlockValueEmbed]


class ScreenerQuestionBlock(TypedDict):
    id: str | None
    type: Literal['screener_question']
    value: ScreenerQuestionBlockValue | None


class ScreenerSummary(TypedDict):
    key: str
    title: str
    jurisdiction: str
    locales: list[str]
    release: str
    published_at: str
    url: str
    page: str
    review: dict[str, Any]


class Short(TypedDict):
    part: PartEnum
    text: str
    off_paper: bool


class Shown(TypedDict):
    short: list[Short]
    open: list[str]
    groups: list[ShownGroup]


class ShownGroup(TypedDict):
    key: str
    heading: str
    findings: list[str]
    questions: list[str]


class Site(TypedDict):
    name: str
    tagline: str
    locale: str
    locales: list[str]
    home: Reference | None
    legal_service: bool
    email: str
    phones: list[Phone]
    address: str
    hours: SiteHours
    languages: list[str]
    footer_text: str
    disclaimer: str
    help_lines: list[HelpLine]
    social_image: Image | None
    menus: Menus


class SiteChange(TypedDict):
    type: Literal['site']
    locale: str
    seq: int
    change: Literal['published', 'changed', 'withdrawn', 'recalled']
    gone: bool
    at: str
    url: str | None
    digest: str | None


class SiteHours(TypedDict):
    time_zone: str
    weekly: list[Opening]
    words: list[str]
    note: str


class StartAnewProblem(TypedDict):
    type: str
    title: str
    status: int
    detail: str
    start: str


class TableBlockValueColumns(TypedDict):
    type: Literal['text', 'rich_text']
    heading: str | None


class TableBlockValueRows(TypedDict):
    values: list[str]


class TableBlockValue(TypedDict):
    caption: str | None
    columns: list[TableBlockValueColumns]
    rows: list[TableBlockValueRows]


class TableBlock(TypedDict):
    id: str | None
    type: Literal['table']
    value: TableBlockValue


class TeamPerson(TypedDict):
    name: str
    role: str
    bio: str
    bar_admission: str
    languages: list[str]
    locale: str
    picture: Image | None
    links: list[PersonLink]


class Term(TypedDict):
    slug: str
    locale: str
    name: str
    forms: list[str]
    explanation: str
    citation: str
    source_url: str
    verified: bool
    translation_reviewed: bool | None
    in_place: bool
    url: str
    page: Reference | None
    translations: list[TermLink]


class TermChange(TypedDict):
    type: Literal['term']
    slug: str
    locale: str
    seq: int
    change: Literal['published', 'changed', 'withdrawn', 'recalled']
    gone: bool
    at: str
    url: str | None
    digest: str | None


class TermLink(TypedDict):
    locale: str
    slug: str
    name: str
    url: str


class TermList(TypedDict):
    count: int
    results: list[Term]


class TextBlock(TypedDict):
    id: str | None
    type: Literal['text']
    value: str


class Threshold(TypedDict):
    key: str
    label: str
    citations: list[Citation]
    status: StatusEnum
    checked_on: str | None
    type: ThresholdTypeEnum
    unit: UnitEnum | NullEnum
    values: list[DatedValue]
    note: NotRequired[str]
    checked_by: str | None


class ThresholdChange(TypedDict):
    type: Literal['threshold']
    key: str
    seq: int
    change: Literal['published', 'changed', 'withdrawn', 'recalled']
    gone: bool
    at: str
    url: str | None
    digest: str | None


class Topic(TypedDict):
    slug: str
    name: str
    article_count: int


class TopicChange(TypedDict):
    type: Literal['topic']
    slug: str
    locale: str
    seq: int
    change: Literal['published', 'changed', 'withdrawn', 'recalled']
    gone: bool
    at: str
    url: str | None
    digest: str | None


class TopicLink(TypedDict):
    slug: str
    name: str


class TopicList(TypedDict):
    count: int
    results: list[Topic]


class TraceNode(TypedDict):
    id: str
    op: str
    value: Any
    by: list[str]


class TraceResult(TypedDict):
    detail: TraceResultDetailEnum
    screener: str
    release: str
    as_of: str
    engine: str
    locale: str
    translation_reviewed: bool | None
    complete: bool
    next: str | None
    shown: Shown
    findings: list[Traced]


class Traced(TypedDict):
    key: str
    group: GroupEnum
    level: LevelEnum
    severity: SeverityEnum
    heading: str
    body: str
    status: StatusEnum
    notes: list[str]
    checked_on: str | None
    checked: str
    off_paper: OffPaperEnum | NullEnum
    citations: list[Citation]
    because: list[str]
    missing: list[Missing]
    actions: list[Action]
    trace: list[TraceNode]


class Translation(TypedDict):
    locale: str
    slug: str
    url: str


BodyBlock: TypeAlias = "HeadingBlock | TextBlock | KeyTakeawaysBlock | NoticeBlock | QuestionsAndAnswersBlock | LawQuotationBlock | TableBlock | CallToActionBlock | ImageBlock | ScreenerBlock | ScreenerQuestionBlock | HelpEntriesBlock | KeptBlock"
Change: TypeAlias = "ArticleChange | PageChange | TopicChange | TermChange | SiteChange | HelpEntryChange | ThresholdChange | ChartChange | ScreenerChange | ScreenerHelpChange | ReleaseChange"
ChartColumnTypeEnum: TypeAlias = "Literal['choice', 'choices']"
EvaluationResult: TypeAlias = "LevelsResult | ReasonsResult | Result | TraceResult"
GroupEnum: TypeAlias = "Literal['case', 'risk', 'help', 'next']"
LevelEnum: TypeAlias = "Literal['applies', 'may_apply', 'not_apply']"
LevelsResultDetailEnum: TypeAlias = "Literal['levels']"
MissingStateEnum: TypeAlias = "Literal['not_asked', 'not_sure']"
NullEnum: TypeAlias = "None"
OffPaperEnum: TypeAlias = "Literal['finding', 'reasons']"
PartEnum: TypeAlias = "Literal['meaning', 'risk', 'action']"
ReasonsResultDetailEnum: TypeAlias = "Literal['reasons']"
ReleaseCondition: TypeAlias = "ReleaseConditionValue | ReleaseConditionValue1 | ReleaseConditionValue2 | ReleaseConditionValue3 | ReleaseConditionValue4 | ReleaseConditionValue5 | ReleaseConditionValue6 | ReleaseConditionValue7 | ReleaseConditionValue8 | ReleaseConditionValue9 | ReleaseConditionValue10 | ReleaseConditionValue11 | ReleaseConditionValue12 | ReleaseConditionValue13 | ReleaseConditionValue14"
ReleaseOperand: TypeAlias = "ReleaseOperandValue | ReleaseOperandValue1 | ReleaseOperandValue2 | ReleaseOperandValue3"
ResultDetailEnum: TypeAlias = "Literal['full']"
ReviewStateEnum: TypeAlias = "Literal['unreviewed', 'overdue', 'reviewed']"
SeverityEnum: TypeAlias = "Literal['info', 'caution', 'high', 'urgent']"
StatusEnum: TypeAlias = "Literal['verified', 'needs_checking']"
ThresholdTypeEnum: TypeAlias = "Literal['integer', 'money', 'date']"
TraceResultDetailEnum: TypeAlias = "Literal['trace']"
UnitEnum: TypeAlias = "Literal['days', 'months', 'years']"
ValueEnum: TypeAlias = "Literal[0, 1, 2]"
