"""Spanish."""

from annotations.text.languages.base import Language, words

SPANISH = Language(
    titles=words(
        """pcia vda izda admón Sr Sra Sres Sras Srta Srtas D Dña Dr Dra Dres Prof Profa Lic Ing
        Arq Gral Cnel Tte Cap Sto Sta Pza Plza Ctra Avda Av av s Mons Excmo Excma Ilmo Fr Pbro
        Hno vs cf p.ej P.ej Ud Uds Vd Vds"""
    ),
    numbered=words(
        """ap no No tab núm Núm nº Nº n.º N.º art Art arts p pp pág Pág págs vol cap Cap fig Fig tel
        Tel ene feb mar abr may jun jul ago sep sept oct nov dic Ene Feb Mar Abr May Jun Jul
        Ago Sep Sept Oct Nov Dic lun mié jue vie sáb dom Lun Mié Jue Vie Sáb Dom n° N° inc Cra
        Cl Ext ext párrf Apto hab"""
    ),
    closing=words("etc"),
    general=words(
        """CC FF RR JJ OO AA Cía Co Inc Ltda Ltd aprox Bco Dpto depto ed S.A S.L EE.UU EE UU EUA E.U
        JJ.OO FF.AA RR.HH a.C d.C a.m p.m máx prov izq dcha"""
    ),
    units=words("min mín seg km cm mm kg h"),
    starters=words(
        """Nadie Nada Alguien Ninguno Ninguna El La Los Las Lo Un Una Unos Unas Este Esta Estos
        Estas Ese Esa Esos Esas Aquel Él Ella Ellos Ellas Yo Tú Nosotros Pero Y O Ni Sin Con En
        De Del Al A Por Para Según Sobre Tras Ante Desde Hasta Entre Durante Cuando Mientras Si
        Como Cómo Qué Quién Dónde Cuándo Cuál Su Sus Mi Mis Nuestro Nuestra También Además Así
        Ahora Hoy Ayer Mañana Después Antes Luego Entonces Aunque Porque Muchos Varios Todos
        Todo Cada Otro Otra Otros No Se Hay Es Esto Eso Algunos Dos Tres Ya Tampoco Sólo Solo
        Incluso Finalmente Asimismo"""
    ),
    letter_nouns=words(
        "plan vitamina tipo clase hepatitis grupo anexo punto Plan Vitamina Tipo Grupo"
    ),
    speech_verbs=words("dijo preguntó respondió añadió"),
    cues=words(
        """dijo dice dijeron dicen afirmaron afirman aseguraron aseguran explicaron explican
        añadieron añaden señalaron señalan declararon declaran advirtieron advierten respondieron
        responden recordaron anunciaron denunciaron denuncian afirmó afirma aseguró asegura explicó
        explica añadió añade agregó agrega señaló señala indicó indica declaró declara preguntó
        pregunta respondió responde contestó contesta protestó protesta advirtió advierte subrayó
        subraya recordó recuerda escribió escribe comentó comenta anunció anuncia informó informa
        sostuvo sostiene insistió insiste reconoció reconoce negó niega gritó grita exclamó apuntó
        apunta manifestó denunció denuncia precisó precisa destacó destaca concluyó prometió promete
        queja quejó cuenta contó opina opinó considera cree creen"""
    ),
    passing=words(
        """dijo dice dijeron dicen afirmaron afirman aseguraron aseguran explicaron explican
        señalaron señalan declararon declaran advirtieron advierten anunciaron denuncian afirmó
        afirma aseguró asegura explicó explica añadió añade agregó agrega señaló señala indicó
        indica declaró declara advirtió advierte subrayó subraya recordó recuerda anunció anuncia
        informó informa sostuvo sostiene insistió insiste reconoció reconoce negó niega manifestó
        denunció denuncia precisó destacó cree considera opina"""
    ),
    according=("según", "de acuerdo con", "a juicio de", "en palabras de"),
    he=words("él Él"),
    she=words("ella Ella"),
    they=words("ellos Ellos ellas Ellas nosotros"),
    speaker_myself=words("yo Yo"),
    determiners=words(
        """el El la La los Los las Las un Un una Una unos unas su Su sus Sus este Este esta Esta
        varios Varios otro otra"""
    ),
    honours=words(
        """Sr Sra Srta D Dña Dr Dra Prof Profa Lic Ing Gral don doña Don Doña alcalde alcaldesa
        ministro ministra presidente presidenta diputado diputada senador senadora juez jueza
        director directora portavoz abogado abogada general coronel"""
    ),
    fillers=words(
        """ha han había se le les también ayer hoy después luego de del en a al con por para que
        quien desde sobre"""
    ),
    dash_turns=True,
    conjunctions=words("y e pero que cuando porque si donde"),
    then=words("luego después también"),
    auxiliaries=words("ha han había se"),
    that=words("que si"),
    says=words("cree"),
    relatives=words("que quien"),
    nobody=words("nota fuente fuentes foto fotos ejemplo resumen contacto"),
    turn_labels=words("p r pregunta respuesta"),
    days=words("""lunes martes miércoles jueves viernes sábado domingo ayer hoy"""),
    inverts=True,
    verbs=words(
        """es son era eran fue fueron será serán ha han había habían hay sube suben subió
        cae caen cayó
        baja bajan bajó crece crecen creció cuesta cuestan costó alcanza pierde pierden perdió gana
        ganan ganó muere mueren murió murieron supera superan dice dijo puede pueden debe deben
        tiene tienen duplica"""
    ),
    verb_endings=(
        "aron",
        "ieron",
    ),
)
