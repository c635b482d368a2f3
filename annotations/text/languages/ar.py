"""Arabic."""

from annotations.text.languages.base import Language, words

_PAST = words(
    """قال أكد أضاف صرح أعلن أوضح ذكر كتب تابع علق شدد أجاب رد تساءل أشار لفت اعتبر رأى حذر أردف
    استطرد كشف زعم نفى طالب اعترف أقر أفاد بين ختم أعرب"""
)
_PRESENT = words("قول ؤكد ضيف وضح ذكر رى عتبر تابع علق شير حذر")
_BARE = str.maketrans("أإآ", "ااا")


def _typed(forms: set[str]) -> frozenset[str]:
    """The forms, also as they are typed without the signs over an alif."""
    return frozenset(forms | {form.translate(_BARE) for form in forms})


FEMININE = _typed(
    {
        *(f"{verb[:-1]}ت" if verb.endswith("ى") else f"{verb}ت" for verb in _PAST),
        *(f"ت{stem}" for stem in _PRESENT),
    }
)
"""Verbs of saying whose subject is a woman, or a body with a feminine name."""

ARABIC = Language(
    titles=words("ود وأ وم د أ م ا ص ج ت ق هـ ه ط س ش ع ف ب ن ي ر ك ل أ.د م.م"),
    numbered=words("رقم ص ج م"),
    closing=words("الخ إلخ"),
    speech_tags=("هكذا قال", "هكذا قالت", "بهذه الكلمات"),
    cues=_typed({*_PAST, *(f"ي{stem}" for stem in _PRESENT)}) | FEMININE,
)
