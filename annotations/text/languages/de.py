"""German."""

from annotations.text.languages.base import Language, words

GERMAN = Language(
    titles=words(
        """lt em Verf Bürgermstr n i.V.m Fa Fam Bgm stellv ehem städt staatl wiss techn kaufm
        Dipl.-Ing Dipl.-Kfm Min.-Präs Staatssekr Hr Hrn Fr Frl Dr Drs Prof Dipl Ing Hl St Abg
        Min Präs Vors Gen Oberst Lt Hptm Dir Mag Med Phil Jur bzw ca vgl Vgl evtl ggf gem geb
        gest inkl exkl sog z.B d.h u.a i.d.R z.T v.a o.ä bspw insb insbes zzgl abzgl einschl
        engl franz lat russ z d i v s vs kath ev med jur phil rer nat vet habil evang röm
        griech span ital frz"""
    ),
    numbered=words(
        """Az Abt Kl Gr Nr Nrn Abs Art Bd S Kap Abb Tab Tel Ziff Par Jan Feb Mär Apr Jun Jul Aug
        Sep Sept Okt Nov Dez Jg H Anm Rn Rz"""
    ),
    endings=("str", "pl", "Str", "Pl"),
    general=words(
        """usw etc u.s.w h a ä o u Co Corp Inc Ltd Mio Mrd Tsd Std Min Sek Str Jh Jhd Chr n.Chr
        v.Chr e.V e.G a.D a.M a.d ff f Aufl Hrsg Kfz Lkw Red Reg Mt Bhf Hbf öff max
        min u.U Sa So Mo Di Mi Do"""
    ),
    starters=words(
        """Niemand Jemand Nichts Alles Etwas Keiner Manche Der Die Das Den Dem Des Ein Eine Einen
        Einem Einer Er Sie Es Wir Ihr Ich Du Man Aber Und Oder Doch Denn Sondern In Im An Am
        Auf Aus Bei Beim Mit Nach Von Vom Zu Zum Zur Für Durch Über Unter Vor Seit Bis Während
        Wegen Trotz Als Wenn Wann Wo Wer Was Wie Warum Weil Dass Da Dort Hier Dabei Damit
        Danach Dann Darum Deshalb Dennoch Jedoch Allerdings Auch Nur Noch Schon Sein Seine
        Seinen Seiner Ihre Ihren Ihrer Diese Dieser Dieses Diesen Jene Jeder Jede Alle Viele
        Einige Mehrere Zwei Drei Heute Gestern Morgen Laut Nun So Zudem Außerdem Später Zuvor
        Insgesamt Sogar Kein Keine Nicht Unser Unsere Mein Meine Ob Zwar Ebenso Trotzdem Somit
        Bereits Dazu Daher Dafür Daraufhin Dies Derzeit Inzwischen"""
    ),
    letter_nouns=words("Plan Vitamin Typ Klasse Hepatitis Gruppe Punkt Teil Anlage"),
    so=words("so"),
    speech_verbs=words("sagte sagt fragte fragt rief antwortete erklärte"),
    ordinals=True,
    before_ordinals=words(
        """der die das dem den des zum zur im am vom beim ihr ihre ihrem ihren ihrer sein seine
        seinem seinen seiner unser unsere unserem unseren ein eine einen einem einer"""
    ),
    cues=words(
        """sagte sagt sagten sagen betonten betonen meinten meinen fragten fragen antworteten
        ergänzten schrieben schreiben berichteten berichten warnten warnen forderten fordern
        kritisierten kritisieren behaupteten riefen erklärte erklärt erklärten betonte betont teilte
        teilt meinte meint fragte fragt antwortete antwortet ergänzte ergänzt fügte fügt schrieb
        schreibt berichtete berichtet warnte warnt forderte fordert kritisierte kritisiert
        behauptete behauptet versprach verspricht schimpfte schimpft scherzte scherzt rief ruft
        erwiderte bestätigte bestätigt räumte räumt bemerkte bemerkt hieß heißt nannte nennt lobte
        klagte klagt erzählte erzählt versicherte mahnte resümierte gesagt glaubt glaubte"""
    ),
    passing=words(
        """sagte sagt sagten teilte teilt erklärte erklärt betonte betont glaubt meinte meint
        ergänzte berichtete berichtet warnte warnt behauptete behauptet versprach verspricht
        bestätigte bestätigt versicherte"""
    ),
    according=(
        "nach angaben von",
        "nach angaben der",
        "nach angaben des",
        "nach ansicht von",
        "laut",
        "nach den worten von",
    ),
    he=words("er Er"),
    she=words("sie Sie"),
    it=words("es Es"),
    they=words("wir Wir man Man"),
    speaker_myself=words("ich Ich"),
    determiners=words(
        """der Der die Die das Das dem den des ein Ein eine Eine einem einen einer sein Sein seine
        Seine ihr Ihr ihre Ihre mehrere Mehrere viele Viele"""
    ),
    honours=words(
        """Herr Herrn Hr Hrn Frau Fr Dr Prof Professor Professorin Bürgermeister Bürgermeisterin
        Oberbürgermeister Oberbürgermeisterin Minister Ministerin Präsident Präsidentin Kanzler
        Kanzlerin Richter Richterin Sprecher Sprecherin Abgeordneter Abgeordnete Staatssekretär
        Staatssekretärin Außenminister Außenministerin Innenminister Innenministerin
        Ministerpräsident Ministerpräsidentin Direktor Direktorin Anwalt Anwältin"""
    ),
    fillers=words(
        """hat haben hatte ist war wird auch dann später noch einmal schon von vom aus im in am an
        bei der die das und wer zu zum zur mit für"""
    ),
    conjunctions=words("und aber wenn dass weil ob als"),
    then=words("dann später auch"),
    auxiliaries=words("hat hatte haben"),
    that=words("dass ob wie warum"),
    says=words("meint meinte sagte sagt"),
    nobody=words("anm hinweis quelle quellen foto bild beispiel kontakt update"),
    turn_labels=words("f a frage antwort"),
    days=words(
        """Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Montagabend gestern heute"""
    ),
    inverts=True,
    capital_nouns=True,
    role_endings=(
        *("minister", "ministerin", "präsident", "präsidentin", "sprecher", "sprecherin", "chef"),
        *("chefin", "leiter", "leiterin", "direktor", "direktorin", "kanzler", "kanzlerin"),
        *("anwalt", "anwältin", "experte", "expertin", "vorsitzende", "vorsitzender", "rat"),
    ),
    verbs=words(
        """ist sind war waren wird werden wurde wurden hat haben hatte hatten kann können
        muss müssen
        soll sollen steigt steigen stieg stiegen sinkt sinken sank sanken fällt fallen fiel fielen
        kostet kosten kostete gewinnt verliert verlor wächst wuchs erreicht stirbt sterben starb
        starben baut bauen baute gibt gab macht sagt will wollen verdoppelt legt zahlt"""
    ),
)
