"""Polish."""

from annotations.text.languages.base import Language, words

POLISH = Language(
    titles=words(
        """bł Bł dyr Dyr Red Fot Min prof dr hab mgr inż lek mec red ks bp abp kard o św gen płk
        ppłk mjr kpt por sierż adm ul al pl os woj pow gm np tzw tzn tj m.in im śp ok zob por
        wg ds godz pt Prof Dr Mgr Inż Ks Św Ul Al Pl Gen Im Np"""
    ),
    numbered=words(
        """sty lut kwi maj cze lip sie wrz paź lis gru nr Nr art Art ust pkt par poz str s t tab
        rys rozdz tel Tel sygn Dz.U"""
    ),
    closing=words("itd itp"),
    units=words("r w zł gr tys mln mld bln km m cm kg g l ha min sek"),
    general=words("in n.e p.n.e sp S.A o.o jr"),
    starters=words(
        """Nic Wszystko Każda Niektóre On Ona Ono Oni One Ja Ty My Wy To Ten Ta Te Tam Tu Tak Nie
        W We Na Po Z Ze Do Od Dla O Przy Przez Pod Nad Za I A Ale Lecz Jednak Jeśli Gdy Kiedy
        Jak Gdzie Co Kto Dlaczego Czy Także Również Potem Teraz Dziś Wczoraj Jutro Już Jeszcze
        Jest Są Był Była Było Byli Jego Jej Ich Mój Nasz Wasz Wszyscy Każdy Dlatego Według
        Podczas Poza Ponadto Niektórzy Nikt"""
    ),
    speech_verbs=words("powiedział powiedziała mówi pyta zapytał zapytała dodał dodała"),
    ordinals=True,
    dash_turns=True,
    verbs=words(
        """jest są był była było byli będzie będą ma mają miał miała miało mieli wzrosły wzrósł
        wzrosła spadł spadła spadły kosztuje kosztują zginął zginęła zginęło może mogą
        musi wynosi"""
    ),
    verb_endings=("ują", "uje"),
)
