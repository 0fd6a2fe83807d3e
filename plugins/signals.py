"""What others may follow: content that came, went or was recalled as wrong.

All are sent when the transaction has been committed, so that whoever is told can read
it; one act may be told more than once. A receiver that raises is logged
(`django.dispatch`) and disturbs neither the act nor another receiver. What a script
writes past the models, such as by `QuerySet.update`, is told by none.
"""

from django.dispatch import Signal

#: Content went live, or changed while it was. `sender`: its model; `instance`: a page,
#: of its own class, or a record; `addresses`: the absolute addresses of a page, with
#: that of before where it moved; [] for a record, which has none.
published = Signal()

#: Content is no longer public: unpublished, expired, deleted (`instance` has no row any
#: more) or closed. Arguments as of `published`.
withdrawn = Signal()

#: A release was recalled as wrong. `sender`: the model of recalls; `key`: that of its
#: screener; `release`: its hash; `reason`: the sentence that visitors read;
#: `successor`: the hash of the one that is right, or None.
recalled = Signal()
