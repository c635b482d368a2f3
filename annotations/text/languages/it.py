"""Italian."""

from annotations.text.languages.base import Language, words

ITALIAN = Language(
    titles=words(
        """Soc soc Coop coop ten cap magg min pres Min Pres psicol geom rag d.l d.lgs sig sigg
        dott prof avv ing arch on sen gen col Sig Sigg Dott Dr Prof Avv Ing Arch On Sen Gen Col
        Cap Mons S Ss cfr vs p.es es Dir Amm Rag Geom Spett Egr Gent Ill loc fraz"""
    ),
    numbered=words(
        """co lett pagg par lun mar mer gio ven sab dom sec n nn art artt p pp pag vol cap fig tel
        gen feb mar apr mag giu lug ago sett ott nov dic att all tel"""
    ),
    closing=words("ecc etc"),
    general=words("S.p.A S.r.l a.C d.C U.S.A"),
    units=words("min sec km cm mm kg"),
    starters=words(
        """Nessuno Nessuna Ogni Alcuni Alcune Qualcuno Nulla Il Lo La I Gli Le Un Uno Una Questo
        Questa Quello Lui Lei Loro Noi Io Ma E O In Nel Nella Di Del Della A Al Alla Da Dal Con
        Su Sul Per Secondo Dopo Prima Quando Mentre Se Come Che Chi Dove Suo Sua Anche Inoltre
        Così Ora Oggi Ieri Poi Non È Tutti Molti"""
    ),
    dash_turns=True,
    speech_verbs=words("disse dice chiese chiede rispose risponde esclamò"),
    cues=words(
        """detto dice disse dicono dichiarato dichiara dichiarò affermato afferma affermò spiegato
        spiega spiegò aggiunto aggiunge aggiunse sottolineato sottolinea ricordato ricorda chiesto
        chiede chiese risposto risponde rispose scritto scrive scrisse commentato commenta avvertito
        avverte annunciato annuncia ammesso ammette ribadito ribadisce sostenuto sostiene osservato
        osserva concluso conclude precisato precisa promesso promette denunciato denuncia gridato
        grida raccontato racconta assicurato assicura replicato replica protestato protesta
        protestò insistito insiste lamentato lamenta riferito riferisce rivelato rivela confermato
        conferma"""
    ),
    passing=words(
        """detto dice disse dichiarato dichiara affermato afferma spiegato spiega aggiunto aggiunge
        sottolineato sottolinea annunciato annuncia ammesso ammette ribadito sostenuto sostiene"""
    ),
    according=("secondo", "a detta di", "stando a"),
    he=words("lui Lui egli Egli"),
    she=words("lei Lei ella Ella"),
    they=words("loro Loro essi Essi"),
    speaker_myself=words("io Io"),
    determiners=words(
        """il Il lo Lo la La i I gli Gli le Le un Un uno Uno una Una l’ suo Suo sua Sua questo
        Questo questa Questa alcuni Alcuni"""
    ),
    honours=words(
        """Sig Sigra Dott Dr Prof Avv Ing On Sen Gen sindaco sindaca ministro ministra presidente
        deputato deputata senatore senatrice giudice direttore direttrice portavoce avvocato
        avvocata generale assessore assessora premier"""
    ),
    fillers=words(
        """ha hanno aveva è sono si gli le anche ieri oggi poi ancora di del della a al con per che
        chi cui"""
    ),
    conjunctions=words("e ma che quando perché se mentre dove"),
    then=words("poi quindi anche"),
    auxiliaries=words("ha hanno aveva avevano"),
    that=words("che se"),
    relatives=words("che cui"),
    days=words("lunedì martedì mercoledì giovedì venerdì sabato domenica ieri oggi"),
    inverts=True,
    verbs=words(
        """è sono era erano fu furono sarà saranno ha hanno aveva avevano sale salgono cala calano
        cresce crescono costa costano perde perdono vince vincono muore muoiono raggiunge supera
        superano dice può possono deve devono"""
    ),
    verb_endings=(
        "arono",
        "irono",
    ),
)
