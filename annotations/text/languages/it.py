"""Italian."""

from annotations.text.languages.base import Language, words

ITALIAN = Language(
    titles=words(
        """sig sigg dott prof avv ing arch on sen gen col Sig Sigg Dott Dr Prof Avv Ing Arch On
        Sen Gen Col Cap Mons S Ss cfr vs p.es es Dir Amm Rag Geom Spett Egr Gent Ill"""
    ),
    numbered=words(
        """n nn art artt p pp pag vol cap fig tel gen feb mar apr mag giu lug ago sett ott nov
        dic att all"""
    ),
    closing=words("ecc etc"),
    general=words("S.p.A S.r.l a.C d.C U.S.A"),
    starters=words(
        """Il Lo La I Gli Le Un Uno Una Questo Questa Quello Lui Lei Loro Noi Io Ma E O In Nel
        Nella Di Del Della A Al Alla Da Dal Con Su Sul Per Secondo Dopo Prima Quando
        Mentre Se Come Che Chi Dove Suo Sua Anche Inoltre Così Ora Oggi Ieri Poi Non È
        Tutti Molti"""
    ),
    dash_turns=True,
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
