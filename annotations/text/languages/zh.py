"""Chinese."""

from annotations.text.languages.base import Language, words

_SAY = words(
    """说 說 道 说道 說道 问 問 问道 問道 称 稱 表示 指出 强调 強調 回答 答道 喊 喊道 叫道 写道
    寫道 补充 補充 解释 解釋 说明 說明 坦言 直言 感叹 感嘆 反问 反問 笑道"""
)
_PRONOUNS = words("他 她 它 我 他们 她们 他們 她們 我们 我們 你")

CHINESE = Language(
    titles=words("Mr Mrs Ms Dr Prof St vs"),
    numbered=words("No Vol p pp Fig"),
    general=words("Inc Corp Co Ltd Jr U.S etc"),
    speech_tags=(*_SAY, *(pronoun + verb for pronoun in _PRONOUNS for verb in _SAY)),
    tag_ends=tuple(_SAY),
    telling=("告诉", "告訴"),
    going_on=tuple(
        words(
            """认为 認為 回应 回應 反驳 反駁 提醒 警告 呼吁 呼籲 透露 承认 承認 坦承 重申 抱怨 感慨
            批评 批評 质疑 質疑 建议 建議 承诺 承諾 抗议 抗議 回忆 回憶"""
        )
    ),
)
