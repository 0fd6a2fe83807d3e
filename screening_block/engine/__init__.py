"""The screening engine: conditions over answers, in three values, explained.

Pure Python, standard library only; it imports nothing of Django nor of ours and touches
neither the clock, the network nor a database. Everything public is named here.
"""

from .account import Account, FindingWords, explain, finding_words
from .answers import Answers, parse_answers
from .canonical import MAX_INTEGER, canonical, parse_json
from .dates import day_no, shift
from .describe import describe
from .errors import AnswerError, EngineError, Problem, ReleaseError
from .evaluate import (
    ENGINE_VERSION,
    FindingOutcome,
    Missing,
    Outcome,
    Walk,
    evaluate,
    levels,
    walk,
)
from .explain import render_text
from .grammar import FORMAT, OTHER
from .load import check, check_condition, load_release
from .off_paper import marked_questions, unexplained_findings, withheld, withheld_parts
from .operators import schema
from .phrases import word_book
from .plugins import Operator, QuestionType
from .presented import ShortLine, Shown, ShownGroup, shown
from .program import TraceNode
from .reads import weightiest_questions
from .release import Release
from .search import (
    Change,
    Comparison,
    Flag,
    Memory,
    ScenarioChange,
    compare,
    flags,
    in_words,
    result_flags,
)
from .standing import FindingLevel, Standing, standing
from .turning import turning_date
from .values import NO, UNKNOWN, YES
