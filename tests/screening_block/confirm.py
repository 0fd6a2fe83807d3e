"""Publishing in the admin, through the page that asks where results change."""

from __future__ import annotations

from typing import Any


def post_and_confirm(client: Any, address: str, data: Any) -> Any:
    """Post an editing form, and press Publish on the page that may come next."""
    answer = client.post(address, data)
    if answer.status_code != 302 or not answer.url.endswith("?confirm=1"):
        return answer
    asked, _query, _confirm = answer.url.partition("?")
    context = client.get(answer.url).context
    read = {"state": context["impact"]["state"], "revision": context["revision"]}
    return client.post(asked, read)
