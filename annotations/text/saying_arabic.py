"""Arabic: the verb stands before who speaks, or right after; a verb alone goes on with the last."""

from __future__ import annotations

import re

from annotations.text.languages.ar import ARABIC as LANGUAGE
from annotations.text.languages.ar import FEMININE
from annotations.text.people import Mention, Told
from annotations.text.saying import Saying

_VERBS = "|".join(sorted(LANGUAGE.cues, key=lambda form: (-len(form), form)))
_VERB = rf"(?P<verb>{_VERBS})"
_PARTICIPLE = (
    r"(?:قائلا|قائلًا|قائلة|قائلين|مؤكدا|مؤكدة|مضيفا|مضيفة|موضحا|موضحة|مشددا|مشددة|معتبرا|معتبرة"
    r"|مشيرا|مشيرة|لافتا|لافتة|محذرا|محذرة|متسائلا|متسائلة)"
)
_THAT = r"(?:[إأا]ن|ب[أا]ن|[إأا]نه|[إأا]نها|[إأا]نهم|ب[أا]نه|ب[أا]نها)"

# --- who ---

# Words that are no part of who speaks, and end it.
_STOP = (
    r"(?:و?في|وهو|وهي|وهم|خلال|يوم|أمس|اليوم|على|عن|بعد|قبل|من|إلى|مع|حول|أثناء|عبر|لدى|عقب|أمام|إن|أن|إنه|إنها"
    r"|أنه|أنها|إنهم|أنهم|ان|لم|لا|ما|لن|قد|كان|كانت|هو|هي|هم|له|لها|لي|لنا|لهم|ذلك|هذا|هذه|التي"
    r"|الذي|الذين|هل|ثم|كما|بأن|بالقول|رفض|رفضت|طلب|طلبت|فضل|فضلت|قائلا|قائلة|مساء|صباح|ظهر|فجر"
    r"|[وف]?قال|[وف]?قالت|قوله|قولها|قولهم|لل\w+)(?!\w)"
)
_LETTER = r"[^\W\d_\u0640]"
_WORD = rf"(?!{_STOP}){_LETTER}(?:{_LETTER}|[\u064b-\u0652]){{1,20}}+"
# "the member for the harbour", but not "the member at a press conference".
_EVENT = (
    r"(?:مؤتمر|بيان|تصريح|تصريحات|مقابلة|حديث|كلمة|كلمته|كلمتها|خطاب|اتصال|جلسة|اجتماع|رسالة|تغريدة"
    r"|منشور|حفل|لقاء|وقت|يوم|ختام|برنامج|بداية|نهاية|مكالمة|حوار|مداخلة|تعليق|رد|هذا|هذه|ذلك|تقرير"
    r"|الوقت|المؤتمر|البيان|الجلسة|الاجتماع|أول|آخر)(?!\w)"
)
_OFFICE = (
    r"(?:ال\w+|مدير|مديرة|رئيس|رئيسة|وزير|وزيرة|نائب|نائبة|أمين|أمينة|عضو|متحدث|متحدثة|ناطق|ناطقة"
    r"|صاحب|صاحبة|ابن|ابنة|زوجة|زوج|والد|والدة|شقيق|شقيقة|حاكم|محافظ|قائد|مستشار|مستشارة|سفير"
    r"|سفيرة|خبير|خبيرة|أستاذ|أستاذة|عمدة|مسؤول|مسؤولة|موظف|موظفة|أحد|إحدى)(?!\w)"
)
_WORDS = rf"{_WORD}(?:\s{_WORD}){{0,6}}"
# "the director for the railways", but not "told the press".
_PRESS = r"(?:صح|إعلام|اعلام|وكالة|قناة|إذاعة|تلفزيون|جزيرة|مرة)"
_TO = rf"لل(?!{_PRESS}){_LETTER}{{2,20}}+(?:\s{_WORD}){{0,4}}"
_WHO = (
    rf"(?P<who>(?={_OFFICE}){_WORDS}\s(?:(?:في|عن|لدى)\s(?!{_EVENT}){_WORDS}|{_TO})|{_WORDS})"
    r"(?:\s\([^)\n]{1,20}\))?"
)
_NO_MARK = r"[^.!؟؛:«»“”\"،\n\0]"
# "..., the harbour master," between two commas, or up to the colon; "..., who is ...:".
_ASIDE = (
    rf"(?:،\s(?P<aside>{_NO_MARK}{{1,60}}?)(?:،|(?=\s?:|\s{_THAT}\s?$)))?"
    rf"(?:،?\sو(?:هو|هي)\s{_NO_MARK}{{1,60}}(?=:))?"
)
_WHERE = rf"(?:\s{_STOP}{_NO_MARK}{{0,60}}?|\sلل{_NO_MARK}{{1,40}}?)?"
_LED = rf"(?P<led>:|\sبالقول:|(?:\s(?:[إا]لى|على|من))?\s{_THAT})\s?$"
_OPEN = r"(?<![^\s.!؟،؛\0])"

# A clause that begins with a verb, or with who speaks.
_SUBJECT = rf"{_OPEN}(?:(?!{_OFFICE})[وف]?{_LETTER}{{2,12}}\s)?{_WHO}{_ASIDE}"
_REST = rf"(?:\s{_NO_MARK}{{1,80}}?)??"

# --- whom a match names ---

_NOBODY = re.compile(
    r"(?:تقرير|بيان|صحيفة|صحف|جريدة|مجلة|موقع|وكالة|قناة|مصدر|مصادر|أحد|بعض|كثيرون|آخرون|البعض"
    r"|الجميع|نحو|مرة|كل|القانون|الدستور|المادة|دراسة|استطلاع|بيانات|إحصاءات|تقديرات|البيان|التقرير"
    r"|الصحيفة|الدراسة|ذلك|الذي|التي|له|لهم|لها)(?!\w)"
)
# "مدير المتحف، الدكتور عمر الخطيب": an office, and then the name.
_IS_OFFICE = re.compile(_OFFICE)
_CALLED = re.compile(r"و(?:يدعى|تدعى|اسمه|اسمها|يسمى|تسمى)\s")
# What stands after a comma and is no name: "who asked not to be named".
_DESCRIBES = re.compile(
    r"(?:و?(?:هو|هي|هم)|و?الذي|و?التي|رفض|رفضت|طلب|طلبت|فضل|فضلت|قائلا|قائلة)(?!\w)"
)
_VERB_WORD = re.compile(rf"[وف]?(?:{_VERBS})(?!\w)")
_LONGEST_NAME = 5


def _mention(match: re.Match[str]) -> Mention | None:
    who = match["who"]
    if not who:
        return Mention(*match.span("verb"), Told.PRONOUN, "")
    if _VERB_WORD.match(who):
        return None
    start, end = match.span("who")
    aside = match.groupdict().get("aside") or ""
    begun = match.start("aside") if aside else 0
    if called := _CALLED.match(aside):
        aside, begun = aside[called.end() :], begun + called.end()
    elif not _IS_OFFICE.match(who) or _DESCRIBES.match(aside) or _VERB_WORD.match(aside):
        aside = ""
    if aside and len(aside.split()) <= _LONGEST_NAME:
        return Mention(begun, begun + len(aside), Told.NAME, aside)
    return None if _NOBODY.match(who) else Mention(start, end, Told.NAME, who)


def _is_feminine(verb: str) -> bool | None:
    """Whether a woman does what a verb or a participle says; None where it has no gender."""
    if verb in FEMININE or verb.endswith(("ة", "ها")):
        return True
    return False if verb in LANGUAGE.cues or verb.endswith(("ا", "ه")) else None


ARABIC = Saying(
    before=(
        # قال أحمد علي، مدير الميناء، في مؤتمر صحفي: «…»; شدد أحمد علي على أن «…»
        re.compile(rf"(?<!\w)[وف]?{_VERB}\s{_WHO}{_ASIDE}{_WHERE}{_LED}"),
        # أما المتحدثة هند مراد فقالت: «…»; وزير الثقافة طارق يوسف قال من جهته: «…»
        re.compile(
            rf"{_OPEN}(?:[أا]ما\s|لكن\s|ولكن\s|غير\s[أا]ن\s|إلا\s[أا]ن\s|و?من\s(?:جهته|جانبه|جهتها"
            rf"|جانبها)،?\s)?{_WHO}{_ASIDE}\s[وف]?{_VERB}{_WHERE}{_LED}"
        ),
        # احتج أحمد علي قائلا: «…»
        re.compile(rf"{_SUBJECT}{_REST}،?\s(?P<verb>{_PARTICIPLE}|بالقول){_LED}"),
        # أعربت سلمى حداد عن أسفها، وقالت إن «…»
        re.compile(rf"{_SUBJECT}{_REST}،\sو{_VERB}{_LED}"),
        # نقلت صحيفة عن أحمد علي قوله: «…»
        re.compile(
            rf"(?<!\w)عن\s{_WHO}{_ASIDE}\s(?P<verb>قوله|قولها|قولهم|تأكيده|تأكيدها|تصريحه|تصريحها)"
            rf"{_LED}"
        ),
        # بحسب الخبير نادر شاهين، فإن «…»
        re.compile(
            rf"(?<!\w)و?(?P<verb>بحسب|حسب|وفق|وفقا\sل|وفقًا\sل|طبقا\sل)(?:\s|ل|ـ){_WHO}"
            rf"(?P<led>،?\s?(?:ف?[إا]ن)?)\s?$"
        ),
        # وأضاف: «…»: whoever spoke last
        re.compile(rf"{_OPEN}(?P<who>)[وف]?{_VERB}{_WHERE}{_LED}"),
    ),
    after=(
        re.compile(
            rf"[،,.]?\s(?:كما\s|هكذا\s|(?:ب?حسب|وفق)\sما\s)?[وف]?{_VERB}\s{_WHO}"
            rf"(?:،\s(?P<aside>{_NO_MARK}{{1,60}}?)(?=[.،\n]|$))?"
            rf"(?=[.،؛:!؟\n]|\s{_STOP}|$)"
        ),
        re.compile(
            rf"[،,.]?\s(?P<verb>ب?حسب|وفق|وفقا\sل|على\sحد\s(?:قول|تعبير))(?:\s|ل|ـ){_WHO}"
            rf"(?=[.،؛!؟\n]|\s{_STOP}|$)"
        ),
    ),
    told=(
        re.compile(rf"[وف]?{_VERB}\s{_WHO}{_ASIDE}"),
        re.compile(rf"[أا]ما\s{_WHO}{_ASIDE}\sف{_VERB}"),
    ),
    mention=_mention,
    least=15,
    is_feminine=_is_feminine,
)
