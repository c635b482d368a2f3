"""French."""

from annotations.text.languages.base import Language, words

FRENCH = Language(
    titles=words(
        """sté Sté éts Éts gén Gén mal Mal secr gal M MM Mme Mmes Mlle Mlles Dr Drs Pr Me Mgr St
        Ste Sts Stes vs cf p.ex gén col cne av apr env éd"""
    ),
    numbered=words(
        """bât Bât fév jan juill lun mar mer jeu ven sam dim t no nos n° N° art Art p pp vol chap
        fig Fig al ch éd réf tél Tél § sect alin janv févr avr juil sept oct nov déc h"""
    ),
    units=words("min sec km cm mm kg hab"),
    closing=words("etc"),
    general=words(
        """Cie boul bd ave dép max ex J.-C S.A S.A.S S.A.R.L R.A.T.P O.N.U U.E É.-U
        inc Inc ltée Ltée"""
    ),
    starters=words(
        """Personne Rien Chacun Chacune Aucun Aucune Quelques Le La Les L Un Une Des Du De Ce Cet
        Cette Ces Il Elle Ils Elles On Nous Vous Je J Tu Mais Et Ou Or Donc Car Ni Dans En Sur
        Sous Par Pour Avec Sans Selon Après Avant Depuis Pendant Lors Quand Lorsque Si Comme Où
        Qui Que Quoi Quel Quelle Comment Pourquoi C Ça Cela Ceci Son Sa Ses Leur Leurs Notre
        Nos Votre Mon Ma Mes Au Aux À Ainsi Alors Aussi Cependant Pourtant Toutefois Enfin
        Ensuite Puis Certains Plusieurs Tous Toutes Tout D'après D Chez Entre Vers Dès Malgré
        Aujourd'hui Hier Demain Parmi Néanmoins"""
    ),
    letter_nouns=words(
        """plan vitamine type classe hépatite groupe annexe point section Plan Vitamine Type
        Groupe Annexe"""
    ),
    speech_verbs=words("dit déclare demande répond lance affirme"),
    cues=words(
        """dit disent dirent déclarent affirment expliquent ajoutent assurent répondent estiment
        soulignent rappellent racontent précisent indiquent annoncent préviennent regrettent
        insistent écrivent dénoncent craignent disait déclare déclaré déclarait affirme affirmé
        explique expliqué ajoute ajouté assure assuré répond répondu répondit demande demandé lance
        lancé estime estimé souligne souligné rappelle rappelé raconte raconté précise précisé
        indique indiqué annonce annoncé confie confié prévient prévenu reconnaît reconnu regrette
        regretté insiste insisté s’exclame exclame exclamé écrit résume résumé réjouit réjoui plaide
        plaidé glisse glissé s’emporte emporte poursuit poursuivi conclut conclu soutient soutenu
        martèle tonne ironise note noté juge observe commente promet promis ajouter pense croit
        dénonce dénoncé qualifie qualifié évoque évoqué réplique répliqué"""
    ),
    passing=words(
        """dit disent déclarent affirment expliquent ajoutent assurent estiment soulignent
        rappellent précisent indiquent annoncent déclare déclaré affirme affirmé explique expliqué
        ajoute ajouté assure assuré estime estimé souligne souligné rappelle rappelé précise précisé
        indique indiqué annonce annoncé reconnaît reconnu soutient soutenu pense croit"""
    ),
    according=("selon", "d’après", "d'après", "de l’avis de", "aux dires de"),
    he=words("il Il"),
    she=words("elle Elle"),
    they=words("ils Ils elles Elles on On nous Nous"),
    speaker_myself=words("je Je j’ai"),
    determiners=words(
        """le Le la La les Les l’ un Un une Une des Des son Son sa Sa ses Ses leur Leur leurs ce Ce
        cet Cet cette Cette plusieurs Plusieurs"""
    ),
    honours=words(
        """M MM Mme Mmes Mlle Dr Pr Me Mgr St maire ministre président présidente député députée
        sénateur sénatrice préfet préfète directeur directrice avocat avocate juge porte-parole
        Maître Docteur Professeur général colonel capitaine"""
    ),
    fillers=words(
        """a ont est sont était avait s’est s’était se de du des à au aux en dans sur pour par avec
        lors qui que dont encore aussi ensuite ainsi également alors"""
    ),
    dash_turns=True,
    conjunctions=words("et mais que quand parce si où"),
    then=words("puis ensuite alors"),
    auxiliaries=words("a ont est s’est s'est se avait avaient"),
    that=words("que qu’il qu’elle qu’ils qu’elles si"),
    relatives=words("qui que dont"),
    nobody=words("note source sources photo photos légende rappel mise exemple résumé contact"),
    turn_labels=words("q r question réponse"),
    days=words("""lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd’hui"""),
    inverts=True,
    verbs=words(
        """est sont était étaient sera seront a ont avait avaient aura auront fut furent
        peut peuvent
        doit doivent augmente augmentent baisse baissent monte montent chute chutent perd perdent
        gagne gagnent coûte coûtent atteint dépasse dépassent tue tuent meurt meurent fait font
        double doublent crée créent annonce annoncent dit disent veut veulent"""
    ),
    verb_endings=(
        "èrent",
        "aient",
    ),
)
