"""Portuguese."""

from annotations.text.languages.base import Language, words

PORTUGUESE = Language(
    titles=words(
        """Sr Sra Srs Srta Dr Dra Drs Prof Profa Eng Exmo Exma Gen Cel Cap Sto Sta Mons vs cf
        p.ex"""
    ),
    numbered=words(
        """no nº n.º art p pp pág vol cap fig tel jan fev mar abr mai jun jul ago set out nov dez"""
    ),
    closing=words("etc"),
    general=words("Cia Inc Ltda Av aprox S.A E.U.A a.C d.C"),
    starters=words(
        """O A Os As Um Uma Este Esta Esse Essa Ele Ela Eles Elas Eu Nós Mas E Ou Em No Na Nos
        Nas De Do Da Por Para Com Sem Segundo Sobre Após Desde Até Entre Quando
        Enquanto Se Como Que Quem Onde Seu Sua Também Além Assim Agora Hoje Ontem
        Depois Antes Não Há Isso Isto Muitos Já"""
    ),
    dash_turns=True,
    verbs=words(
        """é são era eram foi foram será serão tem têm tinha há sobe sobem subiu cai caem
        caiu cresce
        crescem custa custam perde perdem perdeu ganha ganham morre morrem atinge supera superam diz
        disse pode podem deve devem"""
    ),
    verb_endings=(
        "aram",
        "eram",
    ),
)
