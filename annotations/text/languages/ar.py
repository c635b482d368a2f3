"""Arabic."""

from annotations.text.languages.base import Language, words

ARABIC = Language(
    titles=words("د أ م ا ص ج ت ق هـ ه ط س ش ع ف ب ن ي ر ك ل أ.د م.م"),
    numbered=words("رقم ص ج م"),
    closing=words("الخ إلخ"),
    speech_tags=("هكذا قال", "هكذا قالت", "بهذه الكلمات"),
)
