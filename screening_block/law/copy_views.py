"""Copy a record of the law: a form to add one, filled in from another."""

from typing import Any

from wagtail.snippets.views.snippets import CopyView, CreateView


class LawCopyView(CopyView):
    """Reads the other record, and never writes to it.

    Wagtail's form is sent to the view that adds. A form sent here instead would be
    written into the record that was to be copied.
    """

    def get_initial_form_instance(self) -> Any:
        if self.request.method == "GET":
            return super().get_initial_form_instance()
        return CreateView.get_initial_form_instance(self)
