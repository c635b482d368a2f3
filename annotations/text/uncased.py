"""Who says a quotation in languages without capitals: Arabic and Chinese.

Nothing tells a name there but its place: between a verb of saying and the quotation. So little is
taken, and only where the words between them leave no doubt. Whoever is named goes by all the words
that stand there, the office with the name ("市长玛丽亚·凯勒"). A pronoun is nobody: which person
it means cannot be told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotations.text.languages.base import words
from annotations.text.people import Mention, Told
from annotations.text.quoted import Form, Piece, Quotation
from annotations.text.tags import Found, Rule

_REACH = 120
"""Code points beside a quotation in which its speaker is looked for."""


@dataclass(frozen=True, slots=True)
class Saying:
    """How a language says who speaks, right before a quotation and right after it.

    Both have the groups `who` and `verb`. `never` are words that no speaker begins with, `ends`
    those that none ends with. A quotation of fewer than `least` code points that no colon leads up
    to may be a word held at arm's length.
    """

    before: re.Pattern[str]
    after: re.Pattern[str]
    never: re.Pattern[str]
    ends: tuple[str, ...] = ()
    least: int = 12


# --- Arabic: the verb comes first ---

_AR_VERBS = "|".join(
    sorted(
        words(
            """قال قالت يقول تقول أكد أكدت يؤكد تؤكد أضاف أضافت يضيف صرح صرحت أعلن أعلنت أوضح أوضحت
            يوضح ذكر ذكرت كتب كتبت تابع تابعت علق علقت شدد شددت أجاب أجابت رد ردت تساءل تساءلت"""
        ),
        key=len,
        reverse=True,
    )
)
# Words that are no part of who speaks, and end it.
_AR_STOP = (
    r"(?:في|خلال|يوم|أمس|اليوم|على|عن|بعد|قبل|من|إلى|مع|حول|أثناء|عبر|لدى|إن|أن|إنه|إنها|أنه|أنها"
    r"|إنهم|لم|لا|ما|لن|قد|كان|كانت|هو|هي|هم|له|لها|لي|لنا|لهم|ذلك|هذا|هذه|التي|الذي|الذين|هل|ثم"
    r"|كما|بأن|لل\w+)(?!\w)"
)
_AR_WHO = rf"(?P<who>(?!{_AR_STOP})[^\W\d_]{{2,20}}(?:\s(?!{_AR_STOP})[^\W\d_]{{2,20}}){{0,5}})"
_AR_VERB = rf"(?<!\w)[وف]?(?P<verb>{_AR_VERBS})\s"
# "..., the harbour master," between two commas; "..., who is ...:" up to the quotation.
_AR_ASIDE = (
    r"(?:،\s[^.!؟؛:«»“”\"،]{1,60}،)?"
    r"(?:،\sو(?:هو|هي)\s[^.!؟؛:«»“”\"،]{1,60}(?=:))?"
)
_AR_WHERE = rf"(?:\s{_AR_STOP}[^.!؟؛:«»“”\"،]{{0,60}})?"
ARABIC = Saying(
    before=re.compile(
        rf"{_AR_VERB}{_AR_WHO}{_AR_ASIDE}{_AR_WHERE}(?P<led>:|\s(?:إن|أن|بأن|إنه|إنها))\s?$"
    ),
    after=re.compile(
        rf"[،,.]?\s(?:كما\s|هكذا\s)?[وف]?(?P<verb>{_AR_VERBS})\s{_AR_WHO}"
        rf"{_AR_ASIDE}(?=[.،؛:!؟]|\s{_AR_STOP}|$)"
    ),
    never=re.compile(
        r"(?:تقرير|بيان|صحيفة|مصدر|مصادر|أحد|بعض|كثيرون|آخرون|البعض|الجميع|نحو|مرة|كل)(?!\w)"
    ),
    least=15,
)

# --- Chinese: the verb comes last ---

_ZH_VERBS = (
    r"(?:回答说|回答說|解释说|解釋說|补充说|補充說|坦言|直言|表示|指出|强调|強調|回应说|回應說"
    r"|介绍说|介紹說|告诉记者|告訴記者|写道|寫道|问道|問道|说道|說道|说|說|笑道)"
)
_ZH_WHO = r"(?P<who>[^\s。！？…，,；;：:、“”‘’「」『』《》（）()\d]{2,20}?)"
_ZH_WHERE = r"(?:(?:在|于|於|向|对|對|就)[^。！？；;：:，,“”「」]{1,20}?)?"
_ZH_HOW = (
    r"(?:随后|隨後|后来|後來|则|則|还|還|也|又|再次|曾|均|开玩笑|開玩笑|笑着|笑著|会后|會後"
    r"|保证|保證|抱怨|承认|承認|反复|反覆|这样|這樣|如此)?"
)
_ZH_OPEN = r"(?:^|(?<=[。！？；\n”」，,]))\s?"
CHINESE = Saying(
    before=re.compile(
        rf"{_ZH_OPEN}{_ZH_WHO}{_ZH_WHERE}{_ZH_HOW}(?P<verb>{_ZH_VERBS})(?P<led>[：:，,]?)$"
    ),
    after=re.compile(
        rf"[，,]?{_ZH_WHO}{_ZH_WHERE}{_ZH_HOW}(?P<verb>{_ZH_VERBS})(?=[。，,；：:！？]|$)"
    ),
    never=re.compile(
        r"[我你您他她它们們这這那其各某每有的是和与與等一以但而并並可不没沒被把所如虽雖因于於却卻就"
        r"都很再又也还還只则則据據听聽换換比总總即]|人们|人們|大家|媒体|媒體|报告|報告|报道|報道|声明"
        r"|聲明|昨天|今天|明天|日前|近日|当时|當時|然后|然後|周|星期|同时|同時"
    ),
    ends=(
        *"听聽据據传傳虽雖再难難小么麼如该該以能要不没沒来來是胡乱亂的地得所想敢被把可话話者们們",
        *("一般", "常常", "总是", "總是"),
    ),
    least=6,
)
# "记者" ask and are told, "学者" speak: those that end in 者 and may speak.
_ZH_MAY_END = (
    "学者",
    "學者",
    "使者",
    "负责人",
    "發言人",
    "领导者",
    "組織者",
    "组织者",
    "工人们",
    "居民们",
)

_LANGUAGES = {"ar": ARABIC, "zh": CHINESE}


def saying(language: str) -> Saying | None:
    """How the language says who speaks, if it is one of those here."""
    return _LANGUAGES.get(language.split("-")[0].lower())


def found_beside(masked: str, text: str, quotation: Quotation, known: Saying) -> Found | None:
    """Who says a quotation between marks; `masked` is the text with what is quoted blotted out."""
    if quotation.form is not Form.MARKS or not quotation.is_closed:
        return None
    for piece in quotation.pieces:
        if found := _after(masked, text, piece, known):
            return found
    return _before(masked, quotation, known)


def _after(masked: str, text: str, piece: Piece, known: Saying) -> Found | None:
    """“…，”市长说。 Only where the words in the marks end as words that are said do."""
    inside = text[max(piece.start, piece.end - 2) : piece.end - 1][-1:]
    is_said = inside in tuple("。！？…，,.!?؟،") or masked[piece.end : piece.end + 1] in tuple(
        "،,，"
    )
    if not is_said:
        return None
    return _named(known.after.match(masked, piece.end, piece.end + _REACH), Rule.AFTER, known)


def _before(masked: str, quotation: Quotation, known: Saying) -> Found | None:
    start = max(masked.rfind("\n", 0, quotation.start) + 1, quotation.start - _REACH)
    match = known.before.search(masked[start : quotation.start].rstrip(" "))
    if match is None:
        return None
    is_led = match["led"] in tuple(":：")
    if not is_led and quotation.end - quotation.start < known.least:
        return None
    return _named(match, Rule.BEFORE, known, start)


def _named(match: re.Match[str] | None, rule: Rule, known: Saying, at: int = 0) -> Found | None:
    if match is None:
        return None
    who = match["who"]
    is_nobody = who.endswith(known.ends) and not who.endswith(_ZH_MAY_END)
    if known.never.match(who) or is_nobody:
        return None
    start, end = match.span("who")
    verb = match.span("verb")
    mention = Mention(at + start, at + end, Told.NAME, who)
    return Found(rule, mention, (at + verb[0], at + verb[1]))
