"""French."""

from annotations.text.languages.base import Language, words

FRENCH = Language(
    titles=words(
        """M MM Mme Mmes Mlle Mlles Dr Drs Pr Me Mgr St Ste Sts Stes vs cf p.ex gén col cne av apr
        env éd"""
    ),
    numbered=words(
        """no nos n° N° art Art p pp vol chap fig Fig al ch éd réf tél Tél § sect alin janv févr
        avr juil sept oct nov déc h"""
    ),
    units=words("min sec km cm mm kg hab"),
    closing=words("etc"),
    general=words(
        """Cie boul bd ave dép max ex J.-C S.A S.A.S S.A.R.L R.A.T.P O.N.U U.E É.-U
        inc Inc ltée Ltée"""
    ),
    starters=words(
        """Le La Les L Un Une Des Du De Ce Cet Cette Ces Il Elle Ils Elles On Nous Vous Je J Tu
        Mais Et Ou Or Donc Car Ni Dans En Sur Sous Par Pour Avec Sans Selon Après
        Avant Depuis Pendant Lors Quand Lorsque Si Comme Où Qui Que Quoi Quel Quelle
        Comment Pourquoi C Ça Cela Ceci Son Sa Ses Leur Leurs Notre Nos Votre Mon Ma
        Mes Au Aux À Ainsi Alors Aussi Cependant Pourtant Toutefois Enfin Ensuite Puis
        Certains Plusieurs Tous Toutes Tout D'après D Chez Entre Vers Dès Malgré
        Aujourd'hui Hier Demain Parmi Néanmoins"""
    ),
    letter_nouns=words(
        """plan vitamine type classe hépatite groupe annexe point section Plan Vitamine Type
        Groupe Annexe"""
    ),
    speech_verbs=words("dit déclare demande répond lance affirme"),
)
