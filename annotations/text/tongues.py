"""In which language a text is written, by its letters and its smallest words.

A hint for which rules cut it, shown to a person. Words that stand in several languages count for
each; what no list fits well is left open.
"""

from __future__ import annotations

import re
from collections import Counter

SAMPLE = 20_000
"""Code points of the text that are looked at."""
FEWEST = 5
"""Small words of a language that must stand in the text before it is named."""

_SMALL = {
    "en": "the of and to in is that it was for on are with as his they at be this from have not"
    " but by were which there their been has would who will",
    "fr": "le la les de des du un une et est dans que qui pour sur pas par avec ce il elle plus"
    " son sont aux au ne se cette ont été",
    "de": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch"
    " es an werden aus er hat dass sie nach wird bei einer um am sind noch wie",
    "es": "el la los las de que y en un una ser se no por con para su al lo como más pero sus le"
    " ya o este sí porque esta entre del fue ha",
    "it": "il lo la i gli le di che e un una in per è non con del della si da al sono come più"
    " anche nel alla dei ha ma questo delle",
    "pt": "o a os as de que e do da em um uma para com não no na por mais se como mas ao dos das"
    " foi são ele pelo também já",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij nog"
    " door naar heeft hij ze uit wordt",
    "pl": "w i z na do się nie że to jest o jak za po od ale przez są czy już ich tym może przy"
    " oraz dla jego było",
    "tr": "bir ve bu da de için ile çok olarak daha gibi sonra kadar olan ama en ne var o ki ya"
    " değil göre dedi oldu",
    "id": "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke karena ada oleh"
    " mereka sudah telah kata atau bahwa saya",
    "sv": "och att det som en på är av för med till den har de inte om ett men var jag från kan"
    " vid så när",
    "cs": "a se v na je že o z s do i to k ve pro za by ale si po jako jsou od podle jeho",
    "ro": "și de în la a cu pe nu o din care este un să mai pentru că au fost dar sunt prin",
    "hu": "a az és hogy nem is egy van volt meg csak ez már de még azt szerint ha",
}
_LISTS = {language: frozenset(words.split()) for language, words in _SMALL.items()}
# Scripts that say enough: the first letters of each, and the language that is written in it.
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
)
_CYRILLIC = re.compile("[\u0400-\u04ff]")
# Letters that one language written in Cyrillic has and the others have not.
_OF_ONE = (
    ("be", re.compile("[ў]")),
    ("sr", re.compile("[ђљњћџј]")),
    ("uk", re.compile("[іїєґ]")),
    ("ru", re.compile("[ыэё]")),
    ("bg", re.compile("[ъ]")),
)
_PERSIAN = re.compile("[پچژگکی]")
_URDU = re.compile("[ٹڈڑےں]")
_WORD = re.compile(r"[^\W\d_]++")


_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def as_tag(written: str) -> str:
    """The language tag (BCP 47) that is written there as pages write it, or an empty string.

    Of several it is the first: "de_AT" is de-AT, "de, en" is de; "English" is none, and a browser
    refuses to count words by it.
    """
    first = written.split(",")[0].strip().replace("_", "-")
    return first if _TAG.fullmatch(first) else ""


def language_of(text: str) -> str:
    """The language's BCP 47 code, or an empty string where it cannot be told."""
    sample = text[:SAMPLE]
    if script := _by_script(sample):
        return script
    words = [word.lower() for word in _WORD.findall(sample)]
    hits = Counter({name: sum(word in small for word in words) for name, small in _LISTS.items()})
    (best, most), (_second, next_most) = hits.most_common(2)
    # A twelfth of the words at the least are small ones in running text of any of these.
    if most < FEWEST or most * 12 < len(words) or most * 4 < next_most * 5:
        return ""
    return best


def _by_script(sample: str) -> str:
    letters = sum(char.isalpha() for char in sample)
    for language, script in _SCRIPTS:
        count = len(script.findall(sample))
        # Japanese is written with Chinese characters too: few of its own letters are enough.
        if count * (10 if language == "ja" else 2) > letters > 0:
            return _arabic(sample, count) if language == "ar" else language
    count = len(_CYRILLIC.findall(sample))
    if count * 2 > letters > 0:
        return _cyrillic(sample.lower(), count)
    return ""


def _cyrillic(sample: str, letters: int) -> str:
    """The first language whose own letters are at least one in two hundred, if any is."""
    for language, own in _OF_ONE:
        if len(own.findall(sample)) * 200 >= letters:
            return language
    return ""


def _arabic(sample: str, letters: int) -> str:
    """Arabic, or what else is written in its letters, by those that Arabic lacks."""
    if len(_URDU.findall(sample)) * 50 > letters:
        return "ur"
    return "fa" if len(_PERSIAN.findall(sample)) * 50 > letters else "ar"
