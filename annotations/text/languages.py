"""What the sentence splitter must know of each language. Data, no code that decides.

Abbreviations are written without their last full stop. Lists were written for this project from
common newspaper usage. A language without an entry is split by the rules alone.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language that a full stop may follow without ending a sentence.

    `titles` stand before a name and never end a sentence.
    `numbered` do not end one when a digit follows ("No. 5", "Jan. 6").
    `general` end one only when a word of `starters` or an opening quotation mark follows.
    `times` do not end one when a word of `after_times` follows ("5 p.m. Eastern").
    `starters` are words that, capitalised after a full stop, nearly always begin a sentence.
    `letter_nouns` stand before a single letter that is no initial ("Plan B.").
    `speech_verbs` tell that a name after a quoted question is its speaker.
    `speech_tags` are the same where words are not parted ("他说"): begin within four characters.
    `ordinals` says that digits and a full stop are an ordinal ("3. Oktober").
    """

    titles: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    general: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    after_times: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    letter_nouns: frozenset[str] = frozenset()
    speech_verbs: frozenset[str] = frozenset()
    speech_tags: tuple[str, ...] = ()
    ordinals: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENGLISH = Language(
    titles=_words(
        """Mr Mrs Ms Mx Dr Drs Prof Rev Fr Sr Sra Msgr Hon Pres Gov Sen Sens Rep Reps Amb Atty
        Gen Lt Col Cmdr Cdr Adm Capt Cpt Maj Sgt Cpl Pvt Brig Supt Insp Det Esq Messrs
        Mme Mlle Secy Asst Assoc Dep Dist St Ste Mt Ft Pt Pte vs v viz cf al e.g i.e
        ca Lt.-Gov Maj.-Gen Lt.-Col Lieut Asst-Prof Hr Frau Pfc Spc Ald Treas"""
    ),
    numbered=_words(
        """No Nos no nos p pp Art art Sec sec Fig fig Figs Vol vol vols Ch ch Chap chap para par
        Eq eq Ref ref Rule Sect Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec ver
        Ver Div Ex Exh Cl cl Tab tab Bd Ser ser op Op ed"""
    ),
    general=_words(
        """Inc Corp Co Cos Ltd Bros Jr Jnr Snr etc approx dept Dept Univ Assn Bldg Blvd Ave Rd
        Hwy Pkwy Sq Ct Ln Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md
        Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Vt Va Wash Wis Wyo Mass
        U.S U.K U.N E.U U.S.A U.A.E D.C N.Y N.J N.C S.C N.D S.D N.H N.M W.Va L.A Ph.D
        M.D B.A M.A B.Sc M.Sc J.D LL.B D.Phil R.I a.k.a incl excl est max min avg Int
        Intl Natl Fed Govt govt Pty PLC plc L.L.C S.A Mfg Ont Que B.C Alta Sask Man
        St.-Jean N.W S.W N.E S.E"""
    ),
    times=_words("a.m p.m A.M P.M am pm"),
    after_times=_words(
        """Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur
        Thurs Fri Sat Sun January February March April May June July August September
        October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec ET
        EST EDT CT CST CDT MT MST MDT PT PST PDT GMT UTC BST CET CEST IST Eastern
        Central Mountain Pacific Moscow London Local Greenwich"""
    ),
    starters=_words(
        """The A An This That These Those There He She It They We You But And Or So If In On At
        As By For From To With Without When While Where Why What Who Which How After
        Before Since Until Because Although Though However Moreover Meanwhile Still
        Yet Then Thus Therefore Also Even Only Just Not No Now Here His Her Its Their
        Our My Your Some Many Most Several Few All Both Each Every Any Another Other
        Others One Two Three According Among About During Under Over Between Despite
        Instead Later Last Once Earlier Today Yesterday Tomorrow Such Is Are Was Were
        Do Does Did Has Have Had Can Could Would Should Let Never Nor Nevertheless
        Perhaps Maybe Again Asked Officials Critics Experts Police It's It’s He's He’s
        She's She’s They're They’re We're We’re That's That’s There's There’s I'm I’m
        I've I’ve I'd I’d I'll I’ll Don't Don’t I"""
    ),
    letter_nouns=_words(
        """plan vitamin type class hepatitis grade group option appendix section exhibit point
        part team block side terminal schedule category level tier annex model series
        unit row Plan Vitamin Type Class Hepatitis Grade Group Option Appendix Section
        Exhibit Point Part Team Block Side Terminal Schedule Category Level Tier Annex
        Model Series Unit Row influenza Influenza an a Malcolm Article"""
    ),
    speech_verbs=_words(
        """said says say asked asks told added replied answered wrote writes shouted cried
        exclaimed tweeted continued wondered demanded yelled quipped joked responded
        declared"""
    ),
)

_FRENCH = Language(
    titles=_words(
        """MM Mme Mmes Mlle Mlles Dr Drs Pr Me Mgr St Ste Sts Stes vs cf p.ex gén col cne av apr
        env éd"""
    ),
    numbered=_words(
        """no nos n° N° art Art p pp vol chap fig Fig al ch éd réf tél Tél § sect alin janv févr
        avr juil sept oct nov déc"""
    ),
    general=_words(
        """etc Cie boul bd ave dép hab max min ex J.-C S.A S.A.S S.A.R.L R.A.T.P O.N.U U.E É.-U
        inc Inc ltée Ltée"""
    ),
    starters=_words(
        """Le La Les L Un Une Des Du De Ce Cet Cette Ces Il Elle Ils Elles On Nous Vous Je J Tu
        Mais Et Ou Or Donc Car Ni Dans En Sur Sous Par Pour Avec Sans Selon Après
        Avant Depuis Pendant Lors Quand Lorsque Si Comme Où Qui Que Quoi Quel Quelle
        Comment Pourquoi C Ça Cela Ceci Son Sa Ses Leur Leurs Notre Nos Votre Mon Ma
        Mes Au Aux À Ainsi Alors Aussi Cependant Pourtant Toutefois Enfin Ensuite Puis
        Certains Plusieurs Tous Toutes Tout D'après D Chez Entre Vers Dès Malgré
        Aujourd'hui Hier Demain Parmi Néanmoins"""
    ),
    letter_nouns=_words(
        """plan vitamine type classe hépatite groupe annexe point section Plan Vitamine Type
        Groupe Annexe"""
    ),
    speech_verbs=_words("dit déclare demande répond lance affirme"),
)

_GERMAN = Language(
    titles=_words(
        """Hr Hrn Fr Frl Dr Drs Prof Dipl Ing Hl St Abg Min Präs Vors Gen Oberst Lt Hptm Dir Mag
        Med Phil Jur bzw ca vgl Vgl evtl ggf gem geb gest inkl exkl sog z.B d.h u.a
        i.d.R z.T v.a o.ä bspw insb insbes zzgl abzgl einschl engl franz lat russ z d
        i v s vs"""
    ),
    numbered=_words(
        """Nr Nrn Abs Art Bd S Kap Abb Tab Tel Ziff Par Jan Feb Mär Apr Jun Jul Aug Sep Sept Okt
        Nov Dez Jg H Anm Rn Rz"""
    ),
    general=_words(
        """usw etc u.s.w h a ä o u Co Corp Inc Ltd Mio Mrd Tsd Std Min Sek Str Jh Jhd Chr n.Chr
        v.Chr e.V e.G a.D a.M a.d ff f Aufl Hrsg Kfz Lkw Red Reg Mt Bhf Hbf öff max
        min u.U Sa So Mo Di Mi Do"""
    ),
    starters=_words(
        """Der Die Das Den Dem Des Ein Eine Einen Einem Einer Er Sie Es Wir Ihr Ich Du Man Aber
        Und Oder Doch Denn Sondern In Im An Am Auf Aus Bei Beim Mit Nach Von Vom Zu
        Zum Zur Für Durch Über Unter Vor Seit Bis Während Wegen Trotz Als Wenn Wann Wo
        Wer Was Wie Warum Weil Dass Da Dort Hier Dabei Damit Danach Dann Darum Deshalb
        Dennoch Jedoch Allerdings Auch Nur Noch Schon Sein Seine Seinen Seiner Ihre
        Ihren Ihrer Diese Dieser Dieses Diesen Jene Jeder Jede Alle Viele Einige
        Mehrere Zwei Drei Heute Gestern Morgen Laut Nun So Zudem Außerdem Später Zuvor
        Insgesamt Sogar Kein Keine Nicht Unser Unsere Mein Meine Ob Zwar Ebenso
        Trotzdem Somit Bereits Dazu Daher Dafür Daraufhin Dies Derzeit Inzwischen"""
    ),
    letter_nouns=_words("Plan Vitamin Typ Klasse Hepatitis Gruppe Punkt Teil Anlage"),
    speech_verbs=_words("sagte sagt fragte fragt rief antwortete erklärte"),
    ordinals=True,
)

_SPANISH = Language(
    titles=_words(
        """Sr Sra Sres Sras Srta Srtas D Dña Dr Dra Dres Prof Profa Lic Ing Arq Gral Cnel Tte Cap
        Sto Sta Mons Excmo Excma Ilmo Fr Pbro Hno vs cf p.ej P.ej Ud Uds Vd Vds"""
    ),
    numbered=_words(
        """no No núm Núm nº Nº n.º N.º art Art arts p pp pág Pág págs vol cap Cap fig Fig tel Tel
        ene feb mar abr may jun jul ago sep sept oct nov dic inc"""
    ),
    general=_words(
        """etc Cía Co Inc Ltda Ltd aprox Avda Av Bco Dpto depto ed S.A S.L EE.UU EE UU EUA E.U
        JJ.OO FF.AA RR.HH a.C d.C a.m p.m máx mín prov izq dcha"""
    ),
    starters=_words(
        """El La Los Las Lo Un Una Unos Unas Este Esta Estos Estas Ese Esa Esos Esas Aquel Él
        Ella Ellos Ellas Yo Tú Nosotros Pero Y O Ni Sin Con En De Del Al A Por Para
        Según Sobre Tras Ante Desde Hasta Entre Durante Cuando Mientras Si Como Cómo
        Qué Quién Dónde Cuándo Cuál Su Sus Mi Mis Nuestro Nuestra También Además Así
        Ahora Hoy Ayer Mañana Después Antes Luego Entonces Aunque Porque Muchos Varios
        Todos Todo Cada Otro Otra Otros No Se Hay Es Esto Eso Algunos Dos Tres Ya
        Tampoco Sólo Solo Incluso Finalmente Asimismo"""
    ),
    letter_nouns=_words(
        "plan vitamina tipo clase hepatitis grupo anexo punto Plan Vitamina Tipo Grupo"
    ),
    speech_verbs=_words("dijo preguntó respondió añadió"),
)

_RUSSIAN = Language(
    titles=_words(
        """г-н г-жа г-на г-жи г-ну г-ном гр им ул пр просп пер пл д кв корп стр обл р-н пос дер с
        ст акад проф доц инж ген полк майор кап лейт св прот о т.е т.к т.н т.о напр ср
        см т.ж т и.о врио зам зав мл чл.-кор чл к ред сост пер англ нем фр лат греч
        итал исп тов"""
    ),
    numbered=_words(
        """рис табл гл ч п пп т тт № вып кн янв фев февр мар апр июн июл авг сен сент окт нояб
        дек тел"""
    ),
    general=_words(
        """г гг в вв н.э др пр т.д т.п и.д т.ч проч руб коп тыс млн млрд трлн мин сек час экз чел
        шт км м см мм кг л га кв куб р у.е США С.-Петербург"""
    ),
    starters=_words(
        """Он Она Оно Они Я Мы Ты Вы Это Этот Эта Эти Тот Та То Те В Во На По С Со К Ко У От До
        Из За Для О Об При Без Под Над Между Через После Перед И А Но Или Однако Если
        Когда Как Где Что Кто Почему Зачем Так Также Тем Там Тогда Теперь Сейчас Ещё
        Еще Уже Не Ни Его Её Ее Их Мой Наш Ваш Все Всё Весь Вся Каждый Такой Такая
        Такие Кроме Хотя Поэтому Потом Затем Сегодня Вчера Завтра Согласно Среди
        Вместе Впрочем Например Именно Ранее Позже Пока"""
    ),
    letter_nouns=_words("план витамин тип класс гепатит группа пункт Витамин План Группа"),
)

_ARABIC = Language(
    titles=_words("د أ م ا ص ج ت ق هـ ه ط س ش ع ف ب ن ي ر ك ل الخ أ.د م.م"),
    numbered=_words("رقم ص ج م"),
)

_CHINESE = Language(
    titles=_words("Mr Mrs Ms Dr Prof St vs"),
    numbered=_words("No Vol p pp Fig"),
    general=_words("Inc Corp Co Ltd Jr U.S etc"),
    speech_tags=(
        "说",
        "說",
        "道",
        "问",
        "問",
        "称",
        "稱",
        "表示",
        "指出",
        "强调",
        "強調",
        "回答",
        "喊",
    ),
)

_UKRAINIAN = Language(
    titles=_words(
        """ім вул просп пров пл буд кв обл р-н смт акад проф доц ген див т.зв тобто напр св о п"""
    ),
    numbered=_words("рис табл гл ч п ст № січ лют бер квіт трав черв лип серп вер жовт лист груд"),
    general=_words("р рр ст н.е ін т.д т.п т.ін грн коп тис млн млрд хв год км м кг"),
    starters=_words(
        """Він Вона Воно Вони Я Ми Ви Це Цей Ця Ці У В На По З Із До За Для Про Після Перед І Й А
        Але Або Якщо Коли Як Де Що Хто Чому Так Також Там Тоді Тепер Ще Вже Не Його Її
        Їх Наш Усі Кожен"""
    ),
)

_PORTUGUESE = Language(
    titles=_words(
        """Sr Sra Srs Srta Dr Dra Drs Prof Profa Eng Exmo Exma Gen Cel Cap Sto Sta Mons vs cf
        p.ex"""
    ),
    numbered=_words(
        """no nº n.º art p pp pág vol cap fig tel jan fev mar abr mai jun jul ago set out nov dez"""
    ),
    general=_words("etc Cia Inc Ltda Av aprox S.A E.U.A a.C d.C"),
    starters=_words(
        """O A Os As Um Uma Este Esta Esse Essa Ele Ela Eles Elas Eu Nós Mas E Ou Em No Na Nos
        Nas De Do Da Por Para Com Sem Segundo Sobre Após Desde Até Entre Quando
        Enquanto Se Como Que Quem Onde Seu Sua Também Além Assim Agora Hoje Ontem
        Depois Antes Não Há Isso Isto Muitos Já"""
    ),
)

_ITALIAN = Language(
    titles=_words(
        """sig sigg dott prof avv ing arch on sen gen col Sig Sigg Dott Dr Prof Avv Ing Arch On
        Sen Gen Col Cap Mons S Ss cfr vs p.es"""
    ),
    numbered=_words(
        """n nn art artt p pp pag vol cap fig tel gen feb mar apr mag giu lug ago sett ott nov
        dic"""
    ),
    general=_words("ecc etc S.p.A S.r.l a.C d.C U.S.A"),
    starters=_words(
        """Il Lo La I Gli Le Un Uno Una Questo Questa Quello Lui Lei Loro Noi Io Ma E O In Nel
        Nella Di Del Della A Al Alla Da Dal Con Su Sul Per Secondo Dopo Prima Quando
        Mentre Se Come Che Chi Dove Suo Sua Anche Inoltre Così Ora Oggi Ieri Poi Non È
        Tutti Molti"""
    ),
)

LANGUAGES: dict[str, Language] = {
    "en": _ENGLISH,
    "fr": _FRENCH,
    "de": _GERMAN,
    "es": _SPANISH,
    "ru": _RUSSIAN,
    "ar": _ARABIC,
    "zh": _CHINESE,
    "uk": _UKRAINIAN,
    "pt": _PORTUGUESE,
    "it": _ITALIAN,
}
# Split by the rules alone.
OTHER = Language()


def language(tag: str) -> Language:
    """The data of a BCP 47 tag ("fr-CA" is "fr"), or none when the language is unknown."""
    return LANGUAGES.get(tag.replace("_", "-").split("-")[0].lower(), OTHER)
