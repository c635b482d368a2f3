"""What the text layer must know of each language: one module of data a language.

Lists were written for this project from common newspaper usage. A language without a module is
split by the rules alone.
"""

from annotations.text.languages.ar import ARABIC
from annotations.text.languages.base import Language
from annotations.text.languages.de import GERMAN
from annotations.text.languages.el import GREEK
from annotations.text.languages.en import ENGLISH
from annotations.text.languages.es import SPANISH
from annotations.text.languages.fr import FRENCH
from annotations.text.languages.hi import HINDI
from annotations.text.languages.hy import ARMENIAN
from annotations.text.languages.id import INDONESIAN
from annotations.text.languages.it import ITALIAN
from annotations.text.languages.ja import JAPANESE
from annotations.text.languages.nl import DUTCH
from annotations.text.languages.pl import POLISH
from annotations.text.languages.pt import PORTUGUESE
from annotations.text.languages.ru import RUSSIAN
from annotations.text.languages.tr import TURKISH
from annotations.text.languages.uk import UKRAINIAN
from annotations.text.languages.zh import CHINESE

__all__ = ["LANGUAGES", "OTHER", "Language", "language"]

LANGUAGES: dict[str, Language] = {
    "en": ENGLISH,
    "fr": FRENCH,
    "de": GERMAN,
    "es": SPANISH,
    "ru": RUSSIAN,
    "ar": ARABIC,
    "zh": CHINESE,
    "uk": UKRAINIAN,
    "pt": PORTUGUESE,
    "it": ITALIAN,
    "tr": TURKISH,
    "pl": POLISH,
    "nl": DUTCH,
    "hi": HINDI,
    "id": INDONESIAN,
    "ja": JAPANESE,
    "el": GREEK,
    "hy": ARMENIAN,
}
# Split by the rules alone.
OTHER = Language()


def language(tag: str) -> Language:
    """The data of a BCP 47 tag ("fr-CA" is "fr"), or none when the language is unknown."""
    return LANGUAGES.get(tag.replace("_", "-").split("-")[0].lower(), OTHER)
