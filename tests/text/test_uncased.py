"""Who speaks in Arabic and Chinese: found where the words leave no doubt, and nobody elsewhere.

The sentences were written for this project, beside the rules: they say what these do, and no more.
"""

from __future__ import annotations

import pytest

from annotations.text.quotations import quotations
from annotations.text.sentences import split
from annotations.text.speakers import Rule, attributions

SPOKEN = [
    ("ar", "قال أحمد علي: «سنعيد فتح الميناء غدا».", "أحمد علي", Rule.BEFORE),
    ("ar", "وقالت وزيرة الصحة سلمى حداد: «لا أحد يعرف».", "وزيرة الصحة سلمى حداد", Rule.BEFORE),
    ("ar", "وأكد مدير الميناء في مؤتمر صحفي: «كل شيء جاهز».", "مدير الميناء", Rule.BEFORE),
    ("ar", "صرح يوسف نصار للصحفيين: «لم نسأل أحدا».", "يوسف نصار", Rule.BEFORE),
    (
        "ar",
        "قال أحمد علي، مدير الميناء، إن «السفن ستعود هذا العام».",
        "أحمد علي",
        Rule.BEFORE,
    ),
    ("ar", "قال توماس برانت، وهو صاحب متجر: «هذا تخويف».", "توماس برانت", Rule.BEFORE),
    ("ar", "«سنعيد فتح الميناء غدا»، قال أحمد علي.", "أحمد علي", Rule.AFTER),
    ("ar", "«لم نسأل أحدا»، كما قالت سلمى حداد في بيروت.", "سلمى حداد", Rule.AFTER),
    ("zh", "市长王明说：“港口明天开放。”", "市长王明", Rule.BEFORE),
    ("zh", "王明在会后表示，“我们没有问过任何人。”", "王明", Rule.BEFORE),
    ("zh", "“港口明天开放，”市长王明说。", "市长王明", Rule.AFTER),
    ("zh", "“没有人问过我们。”李女士在电话里回答说。", "李女士", Rule.AFTER),
    ("zh", "雨停了。港务局发言人陈立指出：“船只安全。”", "港务局发言人陈立", Rule.BEFORE),
    ("zh", "陳教授強調：「橋樑需要維修。」", "陳教授", Rule.BEFORE),
    ("ar", "أما المتحدثة هند مراد فقالت: «كل شيء جاهز».", "المتحدثة هند مراد", Rule.BEFORE),
    (
        "ar",
        "وزير الثقافة طارق يوسف قال من جهته: «هذا يوم فرح».",
        "وزير الثقافة طارق يوسف",
        Rule.BEFORE,
    ),
    ("ar", "وصرح مدير المتحف، الدكتور عمر الخطيب: «ضاعت».", "الدكتور عمر الخطيب", Rule.BEFORE),
    ("ar", "وقال أحد الجيران، ويدعى زياد طعمة: «كنا نلعب».", "زياد طعمة", Rule.BEFORE),
    (
        "ar",
        "وشدد النائب عن الجنوب جورج حايك على أن «ما يحدث فضيحة».",
        "النائب عن الجنوب جورج حايك",
        Rule.BEFORE,
    ),
    ("ar", "ونُقل عن رنا سليمان قولها: «لن نترك أحدا».", "رنا سليمان", Rule.BEFORE),
    ("ar", "احتج المحامي أنطوان خليل قائلا: «لم نسمع كلمة».", "المحامي أنطوان خليل", Rule.BEFORE),
    ("ar", "وأعربت ديانا سركيس عن أسفها، وقالت إن «العدالة لا تتأخر».", "ديانا سركيس", Rule.BEFORE),
    (
        "ar",
        "وبحسب الخبير نادر شاهين، فإن «الزيادة لا تكفي أحدا».",
        "الخبير نادر شاهين",
        Rule.BEFORE,
    ),
    ("ar", "«سنعرضها غدا»، بحسب ما قالت نوال حمدان.", "نوال حمدان", Rule.AFTER),
    ("ar", "وقال المدير في مؤتمر صحفي: «كل شيء جاهز».", "المدير", Rule.BEFORE),
    ("ar", "وقال احمد علي: «كل شيء جاهز».", "احمد علي", Rule.BEFORE),
    ("zh", "周文涛强调，“政府不会让航运中断。”", "周文涛", Rule.BEFORE),
    ("zh", "总经理罗强当天表示：“摊位费全免。”", "总经理罗强", Rule.BEFORE),
    ("zh", "一位老人问道：“真的吗？”", "一位老人", Rule.BEFORE),
    ("zh", "“两天就够了，”在老市场卖菜的马秀兰告诉记者。", "马秀兰", Rule.AFTER),
    ("zh", "“我要真相！”62岁的白玉珍举着照片说。", "白玉珍", Rule.AFTER),
    ("zh", "对于批评，市政府发言人于洋回应道：“开过会了。”", "市政府发言人于洋", Rule.BEFORE),
    (
        "zh",
        "商会会长、企业家何淑芬在记者会上指出：“损失很大。”",
        "商会会长、企业家何淑芬",
        Rule.BEFORE,
    ),
]

# A pronoun, or a verb alone, is who spoke in the sentence before: text, name.
GUESSED = [
    ("ar", "قالت سلمى حداد: «كل شيء جاهز». وأضافت: «لا تقلقوا».", "سلمى حداد"),
    ("ar", "وأشارت سلمى حداد إلى الخطر. وقالت: «كل شيء جاهز».", "سلمى حداد"),
    ("zh", "王明说：“港口明天开放。”他还表示：“船只安全。”", "王明"),
    ("zh", "“港口明天开放，”王明说。被问到时间，他回答：“早上。”", "王明"),
    ("zh", "王明否认有过警告。他说：“没有人告诉我。”", "王明"),
]

UNSPOKEN = [
    ("ar", "قال أحمد علي إنه سعيد، ثم دخل الناس القاعة: «متحف الماء»."),
    ("ar", "افتتح الوزير معرض «نور المدينة» يوم الأحد."),
    ("ar", "قالت صحيفة «الأهرام» إن الميناء مغلق."),
    ("ar", "وأضاف: «كل شيء جاهز»."),
    ("ar", "قال له: «تعال غدا»."),
    ("ar", "قال إن حزب «النور» فاز بالمقعد."),
    ("ar", "قال أحمد علي إن «النور» فاز بالمقعد."),
    ("ar", "قال بعض السكان: «لا نريد الجسر»."),
    ("ar", "قرأ الناس رواية «الطريق الطويل» وقال كثيرون إنها جيدة."),
    ("ar", "جاء في البيان: «الميناء مغلق»."),
    ("zh", "这座桥俗称“铁龙”。"),
    ("zh", "他说：“我不知道。”"),
    ("zh", "据说，“铁龙”已有百年历史。"),
    ("zh", "换句话说，“免费”并不免费。"),
    ("zh", "“希望”小学校长说，孩子们很高兴。"),
    ("zh", "这部小说“红桥”卖得很好。"),
    ("zh", "所谓的“改革”说到底是涨价。"),
    ("zh", "市长王明说“不”。"),
    ("zh", "人们常说：“眼见为实。”"),
    ("zh", "有人听说“桥要关了”。"),
    ("zh", "会议通过了“绿色港口”计划。"),
    ("zh", "市长宣布“绿色港口”计划。"),
    ("zh", "这座桥人称“铁龙”。"),
    ("zh", "王明来了。李红走了。他说：“好。”"),
    ("zh", "于是他说：“好。”"),
    ("ar", "سافرت سلمى حداد. وقال: «كل شيء جاهز»."),
    ("ar", "وصفت الصحف القرار بأنه «خطأ كبير جدا»."),
    ("ar", "وبحسب صحيفة المرفأ، فإن «الميناء مغلق منذ شهر»."),
]


def said(language: str, text: str) -> list[tuple[str, Rule]]:
    sentences = split(text, language)
    found = quotations(text, sentences, language)
    assert found, text
    return [(each.name, each.rule) for each in attributions(text, sentences, found, language)]


@pytest.mark.parametrize(("language", "text", "name", "rule"), SPOKEN)
def test_who_is_named_beside_a_quotation_says_it(language, text, name, rule):
    assert said(language, text) == [(name, rule)]


@pytest.mark.parametrize(("language", "text"), UNSPOKEN)
def test_nobody_says_what_nobody_is_named_for(language, text):
    assert said(language, text) == []


@pytest.mark.parametrize(("language", "text", "name"), GUESSED)
def test_a_pronoun_or_a_verb_alone_is_who_spoke_in_the_sentence_before_and_a_guess(
    language, text, name
):
    found = attributions(text, split(text, language), None, language)
    assert found[-1].name == name
    assert found[-1].is_guess
    assert found[-1].cue is not None


def test_a_verb_of_a_woman_goes_on_with_no_man_and_none_past_a_sentence_about_another():
    for text in (
        "قال أحمد علي: «كل شيء جاهز». وأضافت: «لا تقلقوا».",
        "قال أحمد علي: «كل شيء جاهز». ثم نزل المطر. وأضاف: «لا تقلقوا».",
    ):
        assert [name for name, _rule in said("ar", text)] == ["أحمد علي"]


def test_what_leads_up_to_a_quotation_goes_before_the_speaker_of_the_next():
    text = "王明说：“船回来了。”李红表示，“我们很高兴。”"
    assert [name for name, _rule in said("zh", text)] == ["王明", "李红"]


@pytest.mark.parametrize("language", ["ar", "zh"])
def test_the_words_that_led_to_a_speaker_stand_in_the_text(language):
    for tag, text, name, _rule in SPOKEN:
        if tag != language:
            continue
        sentences = split(text, language)
        (found,) = attributions(text, sentences, None, language)
        assert found.speaker is not None
        assert text[slice(*found.speaker)] == name
        assert found.cue is not None
        assert text[slice(*found.cue)] in text
        assert not found.is_guess


def test_long_runs_of_words_cost_no_more_than_their_length():
    hostile = {
        "ar": ("قال أحمد علي ", "رئيس ", "رئيس في ", "أما مدير ", "مدير، ", "رئيس للمدينة "),
        "zh": ("市长王明在会后", "在王", "王着", "王地", "他还", "一边王一边", "周一", "同时"),
    }
    for language, units in hostile.items():
        for unit in units:
            paragraph = f"{(unit * 60)[:200]}“好好好好好好。”"
            text = unit * 4000 + "“好。”" + f"\n\n{paragraph}" * 50
            attributions(text, split(text, language), None, language)
