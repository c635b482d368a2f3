"""Chinese: who speaks stands before the verb, and the verb right beside the quotation."""

from __future__ import annotations

import re

from annotations.text.languages.base import words
from annotations.text.people import Mention, Told
from annotations.text.saying import Saying

# One character of a name or an office; what is quoted is blotted out with \0.
_C = r"[^\s\0。！？…，,；;：:、“”‘’「」『』《》（）()\d]"

# --- verbs ---

# These have other objects too: 宣布“绿色港口”计划. With 说 after them they have not.
_DOUBLE = "|".join(
    words(
        """回答 回应 回應 解释 解釋 补充 補充 介绍 介紹 反驳 反駁 回忆 回憶 提醒 警告 呼吁 呼籲
        透露 承认 承認 坦承 重申 强调 強調 抱怨 感叹 感嘆 感慨 总结 總結 分析 转述 轉述 调侃
        調侃 打趣 自嘲 辩解 辯解 哽咽 接着 接著 估算 估计 估計 预测 預測 推测 推測 形容 评价
        評價 评论 評論 解说 解說 诉说 訴說 描述 宣布 批评 批評 质疑 質疑 建议 建議 承诺 承諾
        抗议 抗議 控诉 控訴 疾呼 高呼 大喊 惊呼 驚呼 痛斥 指责 指責 斥责 斥責 谴责 譴責 证实
        證實 否认 否認 断言 斷言 留言 发文 發文 发帖 發帖 说明 說明 主张 主張 保证 保證 声称
        聲稱 宣称 宣稱 坚称 堅稱 追问 追問 反问 反問 认为 認為"""
    )
)
_STRONG = (
    rf"(?:{_DOUBLE}|笑|哭|叹|嘆|喊|怒|反|追)?(?:说道|說道|说|說|道|表示)"
    r"|指出|强调|強調|坦言|直言|笑言|写道|寫道|问道|問道|答道"
    rf"|告(?:诉|訴){_C}{{1,12}}?|(?:回答|补充|補充|说|說|留下|丢下|丟下)了一句(?:话|話)?"
)
_WEAK = (
    rf"(?:{_DOUBLE}|辩|辯|据)?(?:称|稱)|{_DOUBLE}|问|問|答"
    r"|提出(?:质疑|質疑|批评|批評|抗议|抗議|警告|疑问|疑問)"
)
_VERB = rf"(?P<verb>{_STRONG}|{_WEAK})"

# --- what stands between who speaks and the verb, or before them ---

_WHEN = (
    r"(?:周|星期|礼拜|禮拜)[一二三四五六日天]|[当當昨今次翌前同][天日晚]|[今昨][早晨晚]"
    r"|(?:\d{1,2}月)?\d{1,2}[日号號]|[上下中]午|早上|晚间|晚間|晚上|日前|近日|此前|稍后|稍後|稍早|当时"
    r"|當時|事后|事後|最后|最後|随后|隨後|后来|後來|[会會赛賽事战戰课課饭飯][前后後中间間]|其后|其後|然后|然後"
)
# Where one begins another does not go on: which is which would be tried in every way else.
_PLACE = r"(?:在|[于於](?=[\d周本昨今上下])|向|对|對|就|接受|通过|透过|透過|面对|面對|针对|針對)"
_WHERE = rf"{_PLACE}(?:(?!{_PLACE})[^。！？；;：:，,“”「」\0\n]){{0,24}}?"
_HOW = (
    rf"则|則|还|還|也|又|都|均|再次|再三|反复|反覆|一再|曾|同样|同樣|特别|特別|同时|同時|只|当庭|當庭|当场|當場|当众|當眾|随即|隨即|立即|[高大轻輕低][声聲]|明确|明確|公开|公開"
    rf"|私下|主动|主動|一[边邊]{_C}{{1,8}}?一[边邊]|[边邊]{_C}{{1,6}}?[边邊]"
    rf"|开玩笑|開玩笑|笑着|笑著|哭着|哭著|保证|保證|抱怨|承认|承認|这样|這樣|如此|如是|{_C}{{2}}地|{_C}[着著]{_C}{{0,6}}?"
)
_BETWEEN = rf"(?:(?:{_WHEN})|{_WHERE}|(?:{_HOW})){{0,4}}"
_THEN = r"但是|但|而|不过|不過|然而|此外|另外|同时|同時|于是|於是|对此|對此"
_FIRST = rf"(?:(?:{_THEN}|{_WHEN})[，,]?){{0,2}}"
# "在老市场卖菜的马秀兰": what somebody does stands before the name.
_DOING = (
    rf"(?:\d{{1,3}}[岁歲]的|(?:在|住在|来自|來自|从|從|曾|正在|刚|剛|身为|身為){_C}{{1,16}}?的)?"
)
_WHO = (
    rf"(?P<who>他们|他們|她们|她們|他|她|{_C}{{2,24}}?(?:、{_C}{{2,12}}?)?)(?:（[^）\n]{{1,20}}）)?"
)
_NOBODY_NAMED = r"(?P<who>)(?:并且|並且|并|並|还|還|又|接着|接著|随后|隨後)"
_OPEN = r"(?<![^\s\0。！？；，,…”」』])"
_LED = r"(?P<led>[：:，,]?)$"

_NEVER = re.compile(
    r"[我你您它們们其各某每有的是和与與等以但而并並可不没沒被把如虽雖因却卻就很再又也还還只则則"
    r"据據听聽换換比即]|[这這那该該](?!位|名)|[他她]|一(?!位|名|个|個)|所(?!长|長)"
    r"|总(?![统理裁经書书干监編编教领部工会署局])|總(?![統理裁經書幹監編教領部工會署局])"
    r"|人们|人們|大家|媒体|媒體|报告|報告|报道|報道|声明|聲明|于是|於是|由于|由於|都(?!市)"
    r"|问题|問題|结论|結論|标语|標語|消息|日前|近日"
)
_ENDS = (
    *"听聽据據传傳虽雖再难難么麼如该該以要不没沒是乱亂的地得所被把话話者们們",
    *("一般", "常常", "总是", "總是"),
)
# Those of them that may speak.
_MAY_END = (
    *("学者", "學者", "使者", "负责人", "發言人", "领导者", "組織者", "组织者", "志愿者", "患者"),
    *("工人们", "居民们", "消费者", "消費者", "作者", "记者", "記者"),
)
# Short words that end so are no name: 小说“红桥”, 再来说; 评论员尚可 is one.
_SHORT_ENDS, _SHORT = tuple("小能来來胡想敢可"), 4
# 俗称“铁龙”: what something is called.
_CALLED = tuple("俗简簡号號人自名别別统統尊堪戏戲昵合谎謊代全通并並被可美又也")
_PRONOUNS = ("", "他", "她", "他们", "他們", "她们", "她們")
_SOMEBODY = re.compile(r"一[名位个個]|[这這那该該][位名]")


def _mention(match: re.Match[str]) -> Mention | None:
    who, verb = match["who"], match["verb"]
    start, end = match.span("who")
    if who in _PRONOUNS:
        start, end = (start, end) if who else match.span("verb")
        return Mention(start, end, Told.PRONOUN, who)
    if _NEVER.match(who) or (who.endswith(_ENDS) and not who.endswith(_MAY_END)):
        return None
    if len(who) < _SHORT and who.endswith(_SHORT_ENDS):
        return None
    if verb in ("称", "稱") and who.endswith(_CALLED):
        return None
    told = Told.UNNAMED if _SOMEBODY.match(who) else Told.NAME
    return Mention(start, end, told, who)


CHINESE = Saying(
    before=(
        re.compile(rf"{_OPEN}{_FIRST}{_DOING}{_WHO}{_BETWEEN}{_VERB}{_LED}"),
        re.compile(rf"{_OPEN}{_NOBODY_NAMED}{_BETWEEN}{_VERB}{_LED}"),
    ),
    after=(re.compile(rf"[，,]?{_FIRST}{_DOING}{_WHO}{_BETWEEN}{_VERB}(?=[。，,；！？\n]|$)"),),
    told=(re.compile(rf"{_FIRST}{_DOING}{_WHO}{_BETWEEN}{_VERB}"),),
    mention=_mention,
    least=6,
    weak=re.compile(_WEAK),
)
