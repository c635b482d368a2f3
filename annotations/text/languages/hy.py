"""Armenian: its full stop, the verjaket, is often typed as a colon."""

from annotations.text.languages.base import Language

ARMENIAN = Language(ends=":")
