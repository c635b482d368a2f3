"""Armenian: its full stop, the verjaket, is often typed as a colon.

What looks like a full stop is a mijaket there, a pause; it ends sentences only in texts that are
typed without a verjaket at all.
"""

from annotations.text.languages.base import Language, words

ARMENIAN = Language(
    ends=":",
    ends_alone=True,
    titles=words("պրն Պրն տկն Տկն օր Օր դոկտ Դոկտ պրոֆ Պրոֆ ակադ Ակադ մ.թ.ա հ պող փող"),
    units=words("թ մլն մլրդ դր կմ"),
    numbered=words("էջ Էջ տ"),
)
