"""The field of a key: made from the label in the browser, shown small."""

from django import forms


class KeyWidget(forms.TextInput):
    """A text field whose script fills it from the field `label` beside it."""

    def __init__(self, attrs: dict | None = None):
        fixed = {"data-controller": "ls-key", "maxlength": 64, "spellcheck": "false"}
        super().__init__({**fixed, **(attrs or {})})

    @property
    def media(self) -> forms.Media:
        script = forms.Script("screening_block/admin/keys.js", type="module")
        return forms.Media(
            js=[script],  # type: ignore[list-item]
            css={"all": ["screening_block/admin/condition.css"]},
        )
