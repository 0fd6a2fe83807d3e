"""What a browser would post for an editing form, streams included."""

from __future__ import annotations

from typing import Any

from wagtail.test.utils.form_data import querydict_from_html

FORMS = ("w-editor-form", "page-edit-form")


def form_of(response: Any) -> Any:
    """The fields of the editing form on a page that the test client got."""
    data = plain_fields(response.content.decode())
    form = response.context["form"]
    for name, field in form.fields.items():
        if hasattr(field, "block"):
            data.pop(name, None)
            state = field.block.get_form_state(form[name].value())
            data.update(stream_fields(name, field.block, state))
    return data


def plain_fields(html: str) -> Any:
    """The fields that stand in the page; a stream's are made by the browser."""
    form_id = next(name for name in FORMS if f'id="{name}"' in html)
    return querydict_from_html(html, form_id=form_id)


def stream_fields(prefix: str, block: Any, state: Any) -> dict[str, str]:
    data = {f"{prefix}-count": str(len(state))}
    for place, child in enumerate(state):
        at = f"{prefix}-{place}"
        data |= {
            f"{at}-deleted": "",
            f"{at}-order": str(place),
            f"{at}-type": child["type"],
            f"{at}-id": child["id"] or "",
        }
        data |= value_fields(
            f"{at}-value", block.child_blocks[child["type"]], child["value"]
        )
    return data


def value_fields(prefix: str, block: Any, state: Any) -> dict[str, str]:
    if hasattr(block, "child_blocks"):
        state = state.get("value", state) if "key" not in state else state
        data = {}
        for name, child in block.child_blocks.items():
            data |= value_fields(f"{prefix}-{name}", child, state.get(name))
        return data
    if hasattr(block, "child_block"):
        data = {f"{prefix}-count": str(len(state))}
        for place, item in enumerate(state):
            at = f"{prefix}-{place}"
            data |= {
                f"{at}-deleted": "",
                f"{at}-order": str(place),
                f"{at}-type": "item",
                f"{at}-id": item.get("id") or "",
            }
            data |= value_fields(f"{at}-value", block.child_block, item["value"])
        return data
    if state is True:
        return {prefix: "on"}
    return {} if state in (None, False) else {prefix: state}
