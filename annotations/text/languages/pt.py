"""Portuguese."""

from annotations.text.languages.base import Language, words

PORTUGUESE = Language(
    titles=words(
        """Pe Min Des gen cel min des sr sra Sr Sra Srs Srta Dr Dra Drs Prof Profa Eng Exmo Exma
        Gen Cel Cap Sto Sta Mons vs cf p.ex"""
    ),
    numbered=words(
        """págs n v ed tab inc séc seg ter qua qui sex sáb dom no nº n.º art p pp pág vol cap fig
        tel jan fev mar abr mai jun jul ago set out nov dez"""
    ),
    closing=words("etc"),
    general=words("Cia Inc Ltda Av aprox S.A E.U.A a.C d.C"),
    units=words("min seg km cm mm kg"),
    starters=words(
        """Ninguém Alguém Nada Tudo Todos Nenhum Nenhuma O A Os As Um Uma Este Esta Esse Essa Ele
        Ela Eles Elas Eu Nós Mas E Ou Em No Na Nos Nas De Do Da Por Para Com Sem Segundo Sobre
        Após Desde Até Entre Quando Enquanto Se Como Que Quem Onde Seu Sua Também Além Assim
        Agora Hoje Ontem Depois Antes Não Há Isso Isto Muitos Já"""
    ),
    cuts_no_words=True,
    dash_turns=True,
    speech_verbs=words("disse diz perguntou pergunta respondeu exclamou"),
    cues=words(
        """disse diz dizem disseram afirmou afirma afirmaram declarou declara explicou explica
        acrescentou acrescenta destacou destaca lembrou lembra perguntou pergunta respondeu responde
        escreveu escreve comentou comenta alertou alerta anunciou anuncia admitiu admite reiterou
        reitera sustentou sustenta observou observa concluiu conclui prometeu promete denunciou
        denuncia gritou grita contou conta garantiu garante criticou critica defendeu defende
        protestou protesta insistiu insiste lamentou lamenta revelou revela confirmou confirma
        ressaltou ressalta contestou"""
    ),
    passing=words(
        """disse diz afirmou afirma declarou declara explicou explica acrescentou destacou lembrou
        alertou anunciou admitiu reiterou garantiu defendeu"""
    ),
    according=("segundo", "de acordo com", "conforme", "para"),
    he=words("ele Ele"),
    she=words("ela Ela"),
    they=words("eles Eles elas Elas"),
    speaker_myself=words("eu Eu"),
    determiners=words(
        """o O a A os Os as As um Um uma Uma uns umas seu Seu sua Sua este Este esta Esta vários
        Vários outro outra"""
    ),
    honours=words(
        """Sr Sra Dr Dra Prof Profa Eng Gen prefeito prefeita ministro ministra presidente deputado
        deputada senador senadora juiz juíza diretor diretora porta-voz advogado advogada general
        governador governadora secretário secretária"""
    ),
    fillers=words(
        """tem têm havia foi é se lhe também ontem hoje depois de do da dos das a ao à com por para
        que quem em no na"""
    ),
    conjunctions=words("e mas que quando porque se onde enquanto"),
    then=words("depois também então"),
    auxiliaries=words("tem têm havia"),
    that=words("que se"),
    relatives=words("que quem"),
    days=words(
        "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo ontem hoje"
    ),
    inverts=True,
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
