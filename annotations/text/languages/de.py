"""German."""

from annotations.text.languages.base import Language, words

GERMAN = Language(
    titles=words(
        """Hr Hrn Fr Frl Dr Drs Prof Dipl Ing Hl St Abg Min Präs Vors Gen Oberst Lt Hptm Dir Mag
        Med Phil Jur bzw ca vgl Vgl evtl ggf gem geb gest inkl exkl sog z.B d.h u.a
        i.d.R z.T v.a o.ä bspw insb insbes zzgl abzgl einschl engl franz lat russ z d
        i v s vs"""
    ),
    numbered=words(
        """Nr Nrn Abs Art Bd S Kap Abb Tab Tel Ziff Par Jan Feb Mär Apr Jun Jul Aug Sep Sept Okt
        Nov Dez Jg H Anm Rn Rz"""
    ),
    endings=("str", "pl", "Str", "Pl"),
    general=words(
        """usw etc u.s.w h a ä o u Co Corp Inc Ltd Mio Mrd Tsd Std Min Sek Str Jh Jhd Chr n.Chr
        v.Chr e.V e.G a.D a.M a.d ff f Aufl Hrsg Kfz Lkw Red Reg Mt Bhf Hbf öff max
        min u.U Sa So Mo Di Mi Do"""
    ),
    starters=words(
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
    letter_nouns=words("Plan Vitamin Typ Klasse Hepatitis Gruppe Punkt Teil Anlage"),
    speech_verbs=words("sagte sagt fragte fragt rief antwortete erklärte"),
    ordinals=True,
)
