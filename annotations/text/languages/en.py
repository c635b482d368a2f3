"""English."""

from annotations.text.languages.base import Language, words

ENGLISH = Language(
    titles=words(
        """Mr Mrs Ms Mx Dr Drs Prof Rev Fr Sr Sra Msgr Hon Pres Gov Sen Sens Rep Reps Amb Atty
        Gen Lt Col Cmdr Cdr Adm Capt Cpt Maj Sgt Cpl Pvt Brig Supt Insp Det Esq Messrs
        Mme Mlle Secy Asst Assoc Dep Dist St Ste Mt Ft Pt Pte vs v viz cf al e.g i.e
        ca Lt.-Gov Maj.-Gen Lt.-Col Lieut Asst-Prof Hr Frau Pfc Spc Ald Treas Mgr
        pop div"""
    ),
    numbered=words(
        """ft lb lbs hr hrs b d c Secs Arts No Nos no nos N° n° p pp Art art Sec sec Fig fig Figs
        Vol vol vols Ch ch Chap chap para par Eq eq Ref ref Rule Sect Jan Feb Mar Apr Jun Jul
        Aug Sep Sept Oct Nov Dec ver Ver Div Ex Exh Cl cl Tab tab Bd Ser ser op Op ed"""
    ),
    general=words(
        """Inc Corp Co Cos Ltd Bros Jr Jnr Snr etc approx dept Dept Univ Assn Bldg Blvd Ave Rd
        Hwy Pkwy Sq Ct Ln Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md
        Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Vt Va Wash Wis Wyo Mass
        U.S U.K U.N E.U U.S.A U.A.E D.C N.Y N.J N.C S.C N.D S.D N.H N.M W.Va L.A Ph.D
        M.D B.A M.A B.Sc M.Sc J.D LL.B D.Phil R.I a.k.a incl excl est max min avg Int
        Intl Natl Fed Govt govt Pty PLC plc L.L.C S.A Mfg Ont Que B.C Alta Sask Man
        St.-Jean N.W S.W N.E S.E"""
    ),
    times=words("a.m p.m A.M P.M am pm"),
    after_times=words(
        """Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur
        Thurs Fri Sat Sun January February March April May June July August September
        October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec ET
        EST EDT CT CST CDT MT MST MDT PT PST PDT GMT UTC BST CET CEST IST Eastern
        Central Mountain Pacific Moscow London Local Greenwich"""
    ),
    before_times=words("At By Around About From Until Before After Since At about"),
    starters=words(
        """Nobody Everyone Everybody Someone Somebody Anyone None Nothing Everything Something
        Whether Unless Against Across Within Throughout Beyond Below Above The A An This That
        These Those There He She It They We You But And Or So If In On At As By For From To
        With Without When While Where Why What Who Which How After Before Since Until Because
        Although Though However Moreover Meanwhile Still Yet Then Thus Therefore Also Even Only
        Just Not No Now Here His Her Its Their Our My Your Some Many Most Several Few All Both
        Each Every Any Another Other Others One Two Three According Among About During Under
        Over Between Despite Instead Later Last Once Earlier Today Yesterday Tomorrow Such Is
        Are Was Were Do Does Did Has Have Had Can Could Would Should Let Never Nor Nevertheless
        Perhaps Maybe Again More Less Neither Either Nearly Almost Asked Officials Critics
        Experts Police It's It’s He's He’s She's She’s They're They’re We're We’re That's
        That’s There's There’s I'm I’m I've I’ve I'd I’d I'll I’ll Don't Don’t I"""
    ),
    calling=words("Yahoo Jeopardy Yum Joomla Chips Airplane Oklahoma Mamma Panic Wham"),
    letter_nouns=words(
        """degrees War war Phase phase Act plan vitamin type class hepatitis grade group option
        appendix section exhibit point part team block side terminal schedule category level
        tier annex model series unit row Plan Vitamin Type Class Hepatitis Grade Group Option
        Appendix Section Exhibit Point Part Team Block Side Terminal Schedule Category Level
        Tier Annex Model Series Unit Row influenza Influenza an a Malcolm Article"""
    ),
    speech_verbs=words(
        """said says say asked asks told added replied answered wrote writes shouted cried
        exclaimed tweeted continued wondered demanded yelled quipped joked responded
        declared"""
    ),
    cues=words(
        """said says say saying told tells telling asked asks asking added adds adding replied
        replies answered answers wrote writes writing shouted shouts cried exclaimed tweeted posted
        continued continues wondered wonders demanded demands demanding yelled quipped joked jokes
        joking responded responds declared declares declaring stated states stating explained
        explains explaining recalled recalls noted notes noting stressed stresses stressing
        insisted insists insisting argued argues arguing warned warns warning claimed claims
        claiming announced announces announcing admitted admits admitting acknowledged acknowledges
        conceded concedes concluded concludes confirmed confirms denied denies denying emphasized
        emphasised emphasizes emphasises underlined underscored maintained maintains reiterated
        repeated repeats remarked remarks observed observes commented comments promised promises
        vowed vows pledged pledges urged urges urging called calls calling described describes
        describing dubbed accused accuses suggested suggests predicted predicts testified testifies
        complained complains mused muses whispered murmured muttered laughed sighed lamented laments
        recounted reflected offered agreed agrees advised advises apologized apologised boasted
        alleged alleges asserted asserts contended contends countered counters estimated estimates
        estimating revealed reveals disclosed signaled signalled believes thinks hopes feels
        rejected rejects dismissed denounced condemned praised hailed blasted criticized criticised
        objected pleaded begged retorted snapped chimed interjected summed reported reports
        pointed declined rated blamed blames disagreed disagrees praises
        laughs orders ordered shot fired chanted chants grins grinned smiles smiled shrugs shrugged
        nods nodded sniffs sniffed thundered thunders scoffed scoffs whispers mutters shouting
        yells screamed screams gasped recited boasts teases teased compared compares referred refers
        implored implores emailed gushed gushes fumed fumes chimed
        accuse accusing acknowledge acknowledging add admit admonished affirmed affirms allege
        argue ask assert barked began begins believe believed bellowed billed blogged blurted
        bragged brags branded brands call cautioned cautioning cautions chanting characterised
        characterized characterizes characterizing cheered chided chides chuckled chuckles
        commanded comparing complain complaining concede conceding conclude concluding confessed
        confesses confided confides confirm confirming contend cracked croaked crowed deadpanned
        deadpans declare decried decries deemed demurred demurs deny derided describe drawled
        echoed echoes emphasize enthused enthuses explain exulted frets fretted groused growled
        growls grumbled grumbles hissed hollered huffed informed informs inquired insist
        instructed instructs interrupted intoned labeled labeling labelled labels lauded lauds
        laughing likened likening likens maintain marveled marvels moaned mocked mumbled mumbles
        muttering nicknamed observe opined opines panned posting posts predict predicting
        proclaimed proclaims professed pronounced protested protests queried railed ranted
        reasoned reasons recall recalling referring reiterate remark remembered remembers reminded
        reminds requires ridiculed roared ruled rules screaming seethed shrieked snarled sneered
        sobbed speculated speculates sputtered stammered suggest suggesting surmised swears swore
        tell termed testifying texted texting texts theorized theorizes think touted touts
        tweeting tweets ventured ventures volunteered wailed warn whined whispering wisecracked
        write yelling yelped"""
    ),
    passing=words(
        """said says told tells added adds wrote writes stated states explained explains recalled
        recalls noted notes stressed stresses insisted insists argued argues warned warns claimed
        claims announced announces admitted admits acknowledged acknowledges conceded concedes
        concluded concludes confirmed confirms denied denies emphasized emphasised emphasizes
        emphasises underlined underscored maintained maintains reiterated repeated remarked
        observed promised promises vowed pledged suggested suggests predicted predicts testified
        testifies complained complains alleged alleges asserted asserts contended contends
        countered estimated estimates revealed reported reports believes thinks blamed blames
        declared replied answered
        acknowledge add admit allege argue assert believe believed cautioned cautions complain
        concede conclude confessed confirm contend declare deny emphasize explain insist maintain
        observe predict reasoned recall remark remembered reminded say speculated speculates
        suggest tell theorized think warn"""
    ),
    according=("according to", "in the words of", "in the view of"),
    he=words("he He"),
    she=words("she She"),
    it=words("it It"),
    they=words("they They we We"),
    speaker_myself=words("I"),
    determiners=words(
        """the The a A an An one One another Another his His her Her their Their its Its our Our
        this This that That some Some many Many several Several two Two three Three most Most
        other Other both Both"""
    ),
    honours=words(
        """Mr Mrs Ms Mx Miss Dr Drs Prof Professor Rev Reverend Fr Father Sister Brother Sir Dame
        Lord Lady Hon Pres President Vice Gov Governor Sen Senator Rep Representative Congressman
        Congresswoman Mayor Councillor Councilor Councilman Councilwoman Alderman Minister
        Ministers Prime Foreign Defense Defence Interior Finance Agriculture Health Education
        Trade Justice Transport Energy Environment Labor Labour Secretary Secretary-General
        Undersecretary Deputy Assistant Attorney General Gen Lt Lieutenant Col Colonel Maj Major
        Capt Captain Sgt Sergeant Cpl Corporal Pvt Private Adm Admiral Cmdr Commander Chief Police
        Sheriff Detective Det Inspector Insp Officer Judge Justice Chairman Chairwoman Chair
        Chairperson Speaker Spokesman Spokeswoman Spokesperson Ambassador Amb Chancellor King Queen
        Prince Princess Duke Pope Cardinal Archbishop Bishop Rabbi Imam Sheikh Coach Director
        Manager CEO CFO Councillor Clerk County State City Federal National Russian American
        British French German Ukrainian Chinese Israeli Iranian Turkish Polish Italian Spanish
        European Republican Democratic Executive Senior Former Acting MP
        Analyst Economist Lawyer Historian Author Singer Actor Actress Scientist Researcher Engineer
        Leader Adviser Advisor Official Officer Reporter Correspondent Editor Founder Owner Activist
        Veteran Boss Star Striker Candidate Prosecutor Democrat Socialist Conservative Liberal"""
    ),
    fillers=words(
        """has have had having is was were are be been being also then later often once again still
        already never always just only even now would will could can may might must should did do
        does used went on to who which whose where at of in from for with by as after before when
        while during since about under over and or but than told asked speaking looking standing
        sitting adding citing referring"""
    ),
    conjunctions=words(
        """and but while as that when because if whether though although where what"""
    ),
    then=words("then later also now once again"),
    auxiliaries=words("had has"),
    passive=words("was were is are been being be got gets getting"),
    phrases=("went on", "goes on"),
    infinitive=words("to"),
    used=words("used went goes like likes liked love loves began continued continues chose"),
    not_said=words(
        "not never hasn’t haven’t hadn’t didn’t doesn’t don’t wouldn’t won’t can’t you You"
    ),
    that=words("that whether how why"),
    says=words(
        """said says told tells argued argues insisted insists thinks believes estimated estimates
        claimed claims added testified warned admitted say argue insist think believe believed
        warn"""
    ),
    relatives=words("who which that"),
    nouns=words(
        """claims reports notes states estimates promises offers calls warning laughs hopes pledges
        demands remarks comments objects call labels brands rules texts posts reasons
        remark ventures cheered"""
    ),
    before_nouns=words(
        """of in on by for with from such any no these those about against new false to her his
        their"""
    ),
    bodies=words(
        """Department Ministry Office Agency Bureau Committee Commission Council Court Guard Service
    Union Party Bank University Senate House Assembly Board Authority Administration Association
    Institute Parliament Police Army Navy Company Group Firm Team Charity Club Hospital School"""
    ),
    people=("als", "ents", "ers", "ors", "ists", "ians", "ics", "ees", "men", "women", "police"),
    outside=words(
        """Outside Inside Nearby Elsewhere Afterward Afterwards Upstairs Downstairs Downtown Online
        Reached Speaking Pressed Responding Privately Publicly Separately Initially Recently
        Tonight Overall Indeed"""
    ),
    leading=words("In On At After During Before Since Within From By Over Under Last Late Early"),
    some=words(
        """Two two Three three Four four Five five Some some Many many Several several Most most
        Both both All all None none Few few Each each"""
    ),
    anybody=words("another one others many several"),
    any_verb=("ed",),
    nobody=words(
        """note notes update updates edit source sources correction corrections photo photos
        picture video pros cons ingredients p.s ps re fyi tip warning disclaimer background example
        summary related tags share contact tel fax phone e-mail email address price prices date
        time where when"""
    ),
    turn_labels=words("q a question answer"),
    days=words(
        """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April
        June July August September October November December Today Yesterday"""
    ),
    participles=words(
        """saying telling asking adding writing shouting demanding joking declaring stating
        explaining noting stressing insisting arguing warning claiming announcing denying promising
        urging calling describing estimating cautioning concluding confirming recalling
        complaining suggesting predicting testifying acknowledging conceding referring comparing
        accusing likening labeling characterizing texting posting tweeting"""
    ),
    roles=words(
        """Secretary Secretary-General Minister President Director Chairman Chairwoman Chairperson
        Spokesman Spokeswoman Spokesperson Leader Commissioner Governor Senator Representative
        Congressman Congresswoman Councillor Ambassador Officer Editor"""
    ),
    verbs=words(
        """is are was were be been has have had will would can could may might must does did do says
        said rises rise rose risen falls fall fell grows grow grew cuts cut drops gains hits hit
        reaches loses lost wins won kills dies costs cost pays paid builds built sees saw gets got
        makes made takes took shows showed finds found spends spent adds creates plans opens closes
        leaves left doubles triples halves soars jumps climbs shrinks sinks sank beats tops faces
        wants needs gives gave keeps kept brings brought buys bought sells sold sends sent goes went
        comes came becomes became leads led tells told rates puts"""
    ),
    verb_endings=("ed",),
)
