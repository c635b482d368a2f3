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
    for language, words in (("ar", "قال أحمد علي "), ("zh", "市长王明在会后")):
        text = words * 4000 + "“好。”"
        sentences = split(text, language)
        attributions(text, sentences, None, language)
