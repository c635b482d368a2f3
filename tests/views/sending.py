"""What a page's forms carry along without asking: keys, versions, what was shown."""

import re
from html import unescape

from django.test import Client

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')


def hidden(client: Client, url: str) -> dict[str, str]:
    """The hidden fields of the page's forms; of several alike the last."""
    page = client.get(url).content.decode()
    found = {name: unescape(value) for name, value in _HIDDEN.findall(page)}
    found.pop("csrfmiddlewaretoken", None)
    return found
