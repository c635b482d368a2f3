"""What is said of a passage and the saved copy in which it was looked for."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from annotations.text.passages import Match

MATCHES: dict[Match, Any] = {
    Match.FOUND: gettext_lazy("The passage stands in this copy, and is marked."),
    Match.DIFFERS: gettext_lazy("Not these words: what is most like them is marked."),
    Match.MISSING: gettext_lazy("The passage was not found in this copy."),
}
