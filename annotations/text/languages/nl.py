"""Dutch."""

from annotations.text.languages.base import Language, words

DUTCH = Language(
    titles=words(
        """burg Burg weth Weth secr Secr min Min minister-pres Minister-pres dr drs mr mrs prof ir
        ing ds pr dhr mw mevr mej jhr jkvr bc gen kol kap lt sgt Dr Drs Mr Prof Ir Ing Ds Dhr
        Mw Mevr Jhr Gen St bijv bv d.w.z dwz m.a.w resp vgl z.g zgn t.a.v o.a o.l.v i.v.m t.o.v
        m.b.t n.a.v a.u.b ca v vs o.m m.n"""
    ),
    numbered=words(
        """par ma di wo do vr za zo nr nrs Nr art Art blz p pag afb fig tab hfst tel Tel jan feb mrt
        apr jun jul aug sep sept okt nov dec lid"""
    ),
    closing=words("enz etc e.d e.a"),
    general=words("N.V B.V Inc Co Ltd jr sr v.Chr n.Chr U.S D66 excl incl max min"),
    units=words("mln mld km cm mm kg gr sec"),
    starters=words(
        """De Het Een Dit Dat Deze Die Hij Zij Ze Wij We Ik Jij Je U Jullie Er Maar En Of Want Dus
        In Op Aan Bij Met Na Naar Van Voor Door Uit Over Onder Tegen Tijdens Volgens Als Wanneer
        Toen Waar Wat Wie Hoe Waarom Ook Nog Nu Daar Hier Daarna Daarom Dan Toch Echter Zo Sinds
        Zonder Om Zijn Haar Hun Ons Onze Mijn Alle Veel Sommige Elke Iedere Niemand Niets Geen
        Vandaag Gisteren Morgen Later Eerder Volgende Vorig Zie"""
    ),
    speech_verbs=words("zei zegt zeggen vroeg vraagt riep antwoordde schreef"),
    inverts=True,
    verbs=words(
        """is zijn was waren wordt worden werd werden heeft hebben had hadden kan kunnen moet moeten
        zal zullen stijgt stijgen steeg stegen daalt dalen daalde kost kosten kostte valt vallen
        viel vielen groeit groeide sterft sterven stierf stierven"""
    ),
)
