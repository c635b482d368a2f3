"""Japanese."""

from annotations.text.languages.base import Language, words

JAPANESE = Language(
    speech_tags=("と", "って", "などと"),
    verbs=words("した する だった である ある いる なった"),
)
