"""Spanish."""

from annotations.text.languages.base import Language, words

SPANISH = Language(
    titles=words(
        """Sr Sra Sres Sras Srta Srtas D Dña Dr Dra Dres Prof Profa Lic Ing Arq Gral Cnel Tte Cap
        Sto Sta Pza Plza Ctra Avda Av s Mons Excmo Excma Ilmo Fr Pbro Hno vs cf p.ej P.ej Ud
        Uds Vd Vds"""
    ),
    numbered=words(
        """no No núm Núm nº Nº n.º N.º art Art arts p pp pág Pág págs vol cap Cap fig Fig tel Tel
        ene feb mar abr may jun jul ago sep sept oct nov dic inc"""
    ),
    closing=words("etc"),
    general=words(
        """CC FF RR JJ OO AA Cía Co Inc Ltda Ltd aprox Bco Dpto depto ed S.A S.L EE.UU EE UU EUA E.U
        JJ.OO FF.AA RR.HH a.C d.C a.m p.m máx prov izq dcha"""
    ),
    units=words("min mín seg km cm mm kg h"),
    starters=words(
        """El La Los Las Lo Un Una Unos Unas Este Esta Estos Estas Ese Esa Esos Esas Aquel Él
        Ella Ellos Ellas Yo Tú Nosotros Pero Y O Ni Sin Con En De Del Al A Por Para
        Según Sobre Tras Ante Desde Hasta Entre Durante Cuando Mientras Si Como Cómo
        Qué Quién Dónde Cuándo Cuál Su Sus Mi Mis Nuestro Nuestra También Además Así
        Ahora Hoy Ayer Mañana Después Antes Luego Entonces Aunque Porque Muchos Varios
        Todos Todo Cada Otro Otra Otros No Se Hay Es Esto Eso Algunos Dos Tres Ya
        Tampoco Sólo Solo Incluso Finalmente Asimismo"""
    ),
    letter_nouns=words(
        "plan vitamina tipo clase hepatitis grupo anexo punto Plan Vitamina Tipo Grupo"
    ),
    speech_verbs=words("dijo preguntó respondió añadió"),
)
