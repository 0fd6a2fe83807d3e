"""The change feed of the API: what came, changed and went, in one order.

Nothing is noted where content is written. The triggers of `cms.freshness` say which
rows were changed, whoever wrote them; whoever asks for the feed has what may follow
from these read anew, and what then differs by its digest gets the next number.
"""
