"""In which language a text is written."""

from __future__ import annotations

import pytest

from annotations.text.tongues import language_of
from tests.text import texts


@pytest.mark.parametrize("text", texts.texts(), ids=lambda text: text.name)
def test_every_text_of_ours_is_told(text):
    assert language_of(text.text) in (text.language, "") if text.genre == "items" else True
    if text.genre == "news":
        assert language_of(text.text) == text.language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "De haven is al een jaar dicht en niemand weet of het nog wordt wat er is beloofd."),
        ("pl", "Rada miasta powiedziała w piątek, że port jest zamknięty i że nie ma już na to "
               "pieniędzy, ale może przy okazji się to zmieni."),
        ("tr", "Belediye bu yıl için bir liman daha yapmak istiyor ve bu çok pahalı olarak "
               "görülüyor ama daha sonra ne olacak, o da belli değil."),
        ("id", "Pemerintah kota itu mengatakan bahwa pelabuhan ini tidak akan dibuka pada tahun "
               "ini karena tidak ada uang untuk itu."),
        ("it", "Il consiglio ha detto che il porto non è aperto e che la città non ha i soldi per "
               "questo, ma anche che si farà."),
        ("pt", "O conselho disse que o porto não foi aberto e que a cidade não tem dinheiro para "
               "isso, mas que também se fará."),
        ("uk", "Рада сказала, що порт не відкрито і що місто не має на це грошей, але й про це "
               "було відомо."),
        ("bg", "Съветът заяви, че пристанището е затворено и че няма пари за него, а те идват."),
        ("sr", "Веће је рекло да је лука затворена и да нема новца за њу, али ће га бити."),
        ("be", "Рада сказала, што порт зачынены і што грошай на яго няма, але ўсё яшчэ будзе."),
        ("ja", "市議会は月曜日、昨年港湾地区に二百四十戸が建てられたと発表した。"),
        ("ko", "시의회는 월요일 지난해 항만 지역에 이백사십 채의 주택이 지어졌다고 밝혔다."),
        ("hi", "नगर परिषद ने सोमवार को कहा कि बंदरगाह बंद है।"),
        ("fa", "شورای شهر روز دوشنبه گفت که بندر بسته است و پولی برای این کار ندارد."),
        ("ur", "شہر کی کونسل نے پیر کو کہا کہ بندرگاہ بند ہے اور اس کے لیے پیسے نہیں ہیں۔"),
        ("", "12 14 18"),
        ("", "Xq zw"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_language_is_told_by_its_letters_and_small_words_or_left_open(language, text):
    assert language_of(text) == language
