"""What a page's forms carry along without asking: keys, versions, what was shown."""

import re
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')


def hidden(client: Client, url: str) -> dict[str, str]:
    """The hidden fields of the page's forms; of several alike the last."""
    return hidden_in(client.get(url).content.decode())


def hidden_in(page: str) -> dict[str, str]:
    found = {name: unescape(value) for name, value in _HIDDEN.findall(page)}
    found.pop("csrfmiddlewaretoken", None)
    return found


def published(client: Client, article: int, **sent: str) -> Any:
    """Publish from the page to approve it: the button, then the one to the question it asks."""
    sent |= hidden(client, reverse("approve", args=[article]))
    asked = client.post(reverse("publish", args=[article]), sent)
    assert asked.status_code == 200, "it asks once"
    return client.post(reverse("publish", args=[article]), sent | {"sure": sent["seen"]})
