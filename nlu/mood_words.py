"""Words and phrases that tell a mood, in German and English, folded as `folded_for_signs` does. Written by hand.

Words are whole words (regular expressions, one or more a line); phrases may span several. Irony has its own list: set
phrases and praise that stands next to a mishap.
"""

# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

from nlu.phrases import any_of

NEGATIVE = any_of(r"""
    schlecht\w{0,4}|mies\w{0,3}|furchtbar\w{0,2}|schrecklich\w{0,2}|grauenhaft\w{0,2}|katastroph\w{1,6}
    unverschaemt\w{0,5}|frech\w{0,5}
    enttaeusch\w{1,5}|aerger\w{0,6}|veraerger\w{1,3}|sauer|stinksauer|wuetend\w{0,2}|wut|zornig|genervt|nervt?
    nervig\w{0,2}|nerven
    unmoeglich\w{0,2}|saftladen|drecks?\w{0,8}|mist|scheiss\w{0,6}|scheisse|kacke|verarsch\w{0,4}|veraeppel\w{0,2}
    abzock\w{1,2}
    betrug|betrueger\w{0,2}|luegen?|luegner|gelogen|unzufrieden\w{0,3}|unfassbar|unglaublich|peinlich|laecherlich
    armutszeugnis
    kotz\w{0,3}|beschwer\w{2,5}|schade|traurig\w{0,2}|verzweifel\w{0,3}|hasse?|idioten|deppen|unprofessionell
    inkompetent\w{0,2}
    frust\w{0,8}|bloed\w{0,3}|zumutung|sauerei|schweinerei|ewig\w{0,2}|schrott\w{0,3}|muell|wucher|dreist\w{0,4}
    daneben
    unterirdisch|vergrault?|vertroest\w{1,3}|unzuverlaessig\w{0,2}|nutzlos\w{0,2}|wahnsinnig|krise|hals|kragen
    zum heulen|weinen
    horror|alptraum|albtraum|frechheit|bescheuert\w{0,2}|daemlich\w{0,2}|chaos|chaotisch|lahm\w{0,2}|bedient
    abgespeist|abwimmeln
    ignoriert|abgezockt|schlamper\w{1,3}|schlampig|pfusch|murks|schmarrn|gschissn\w{0,2}|oasch|unerhoert|witz
    blamabel|satt|sinnlos
    leider|bedauerlich\w{0,5}|befremd\w{1,4}|unschoen|unangenehm|unbefriedigend|inakzeptabel|untragbar|skandal
    heul\w{0,2}|angst
    bad|awful|terrible|horrible|dreadful|worst|worse|rubbish|garbage|trash|disgust\w{2,4}|appall\w{2,4}|ridiculous
    pathetic|angry
    annoy\w{2,4}|furious|frustrat\w{2,4}|disappoint\w{2,5}|useless|hate|crap|shit\w{0,3}|fuck\w{0,4}|bloody
    feckin\w?|damn
    scam\w{0,4}|lies|liars?|crooks?|unacceptable|unhappy|upset|upsetting|disgrace\w{0,3}|shambles|shocking|fuming
    livid|seething
    sucks?|poor|nightmare|incompetent|wtf|ffs|gutted|fraud|rude|hopeless|dire|irritat\w{2,4}|junk|knackered
    outrageous|insulting
    regret|cheek|robbery|sick|let down|joke|mess|fobbed|ignored|sadly|shame|sad|meh|despair|crying|cry|insane|mad
    losing it
    unreliable|excuses|clueless|laughable|abysmal|atrocious|infuriating|maddening|fed up|stressed|stressful|fail
    failure|miserable
    aufgebracht\w{0,2}|empoer\w{2,4}|entruestet|entsetzt|erbost|fassungslos\w{0,2}|sprachlos|verbittert|gekraenkt
    beleidig\w{1,4}|verschaukelt|verladen|geprellt|betrogen|beschissen\w{0,2}|verarscht|veralbert|hingehalten
    vergessen worden|im stich|alleingelassen|hilflos|ratlos|muede|verloren|erschuettert\w{0,2}|angefressen|angepisst
    grantig|narrisch|kirre|irre|wahnsinn(?:ig)? (?:langsam|teuer|schlecht)
    schlimm\w{0,4}|grottig\w{0,2}|grottenschlecht\w{0,2}|unbrauchbar\w{0,2}|wertlos\w{0,2}|untauglich|taugt nix
    taugt nichts|gelump|glump|klump\w{0,2}|ramsch|plunder|murksig|billigschrott|fehlkonstruktion|fehlkauf|reinfall
    geldverschwendung|zeitverschwendung|verschwendet|verschwendung|wegschmeissen|in die tonne|fuer die tonne
    gegen die wand
    respektlos\w{0,3}|gleichgueltig\w{0,4}|arrogant\w{0,2}|ueberheblich|unhoeflich\w{0,3}|unfreundlich\w{0,4}|pampig
    patzig|schnippisch|herablassend|lieblos|ahnungslos\w{0,2}|unfaehig\w{0,5}|ueberfordert|planlos|konzeptlos
    unorganisiert|desorganisiert|chaoten|stuemper\w{0,2}|pfeifen|nieten|clowns?|dilettant\w{0,4}|amateure
    fehlanzeige|armselig|erbaermlich|jaemmerlich|traurig|trostlos|beschaemend|schaemt|schande|schaendlich|skandaloes
    untragbar|unakzeptabel|indiskutabel|unverantwortlich|unseriös|unserioes\w{0,2}|hinterhaeltig|heuchler\w{0,3}
    verlogen|halsabschneider|raffgierig|gierig|gauner|verbrecher|mafia|raeuber|knebelvertrag|wegelagerei|nepp
    kopfschuettel\w{0,2}|an den kopf|haare raufen|zum davonlaufen|zum schreien|zum wahnsinnig|geplatzt|explodier
    ausrasten|raste aus|platzen|hass|kotzen|ankotz\w{0,2}|aufreg\w{0,3}|reg\w? mich|stoert mich|wurmt|nagt
    enttaeuscht|vertrauen (?:\w+ )?(?:verspielt|verloren|weg)|kunden verloren|nur ne nummer|eine nummer|scherereien
    theater|zirkus|aerger|stress
    hypocrit\w{1,3}|clowns?|amateurs?|cowboys|thieves|thieving|con|conned|criminals?|greedy|heartless
    careless\w{0,4}|indifferen\w{1,2}|disrespectful\w{0,2}|ignorant|arrogant|condescending|patronising|dismissive
    unhelpful|impolite|snotty|shameful|ashamed|embarrass\w{1,6}|laughing stock|inexcusable|unforgivable|deplorable
    diabolical|woeful|lousy|lame|naff|tat|pants|tosh|duff|rotten|filthy|grim|tragic|miffed|narked|cheesed off
    browned off|hacked off|pissed|peeved|vexed|raging|irate|cross|aggrieved|offended|insulted|betrayed|cheated
    deceived|misled|mugged|stitched up|ripped off|strung along|let us down|lost for words|speechless|gobsmacked
    beggars belief|takes the biscuit|beyond help|hassle|headache|faff|waste|wasted|pointless|worthless|unusable
    unreal|clunky|buggy|flimsy|shoddy|substandard|second rate|half finished|half baked|downhill|in the bin|give up
    giving up|doing my head in|head in|against the wall|slow|never the like|nerve|bonkers|bs|stupid|idiots?|morons?
    dumb|crazy|painful|stressing|disaster\w{0,3}|catastroph\w{1,4}|chaos|chaotic|worried|scared|anxious|afraid
    desperate|heartbroken|crushed|devastated|unfair|dishonest|lied
""")
POSITIVE = any_of(r"""
    gut\w{0,2}|super|supi|toll\w{0,2}|prima|klasse|spitze\w{0,2}|genial\w{0,2}|perfekt\w{0,2}|lieb\w{0,2}|liebe
    freu\w{0,4}|froh
    begeister\w{1,3}|zufrieden\w{0,2}|zfrieden|danke\w{0,4}|dank|dankbar|merci|lob\w{0,2}|hervorragend\w{0,2}
    ausgezeichnet\w{0,2}
    top|mega|nett\w{0,2}|freundlich\w{0,3}|geil\w{0,2}|schoen\w{0,2}|wunderbar\w{0,2}|empfehle\w?|hammer|bombe
    wahnsinn|cool|kompetent\w{0,2}
    happy|good|great|love\w{0,2}|loving|amazing|awesome|excellent|brilliant|perfect\w{0,2}|fantastic|wonderful
    thank\w{0,3}|thx|tysm
    cheers|ta|nice|lovely|kudos|best|impressed|pleased|glad|delighted|helpful|superb|ace|chuffed|fab|legend
    appreciat\w{1,4}|excited
    begeisternd|wunderschoen\w{0,2}|grossartig\w{0,2}|fantastisch\w{0,2}|phantastisch\w{0,2}|traumhaft\w{0,2}
    himmlisch|herrlich\w{0,2}|klassig|erstklassig\w{0,2}|vorbildlich\w{0,2}|tadellos\w{0,2}|einwandfrei\w{0,2}
    reibungslos\w{0,2}|unkompliziert\w{0,2}|hilfsbereit\w{0,2}|zuvorkommend\w{0,2}|herzlich\w{0,2}|geduldig\w{0,2}
    sympathisch\w{0,2}|vorzueglich\w{0,2}|gelungen\w{0,2}|gluecklich\w{0,2}|erleichtert|dankbar\w{0,2}|stolz
    verliebt|strahlt|helden?|engel|schatz|knaller|granate|wucht|sahne|leiwand|leiwaund|hamma|guad|guat|baerig|subber
    spitzenmaessig|gerettet|aufgehoben|wohl|fan|traum|hut|kompliment\w{0,2}|lobenswert|respekt|chapeau|bravissimo
    yeah|juhu|hurra|endlich geschafft
    marvellous|marvelous|splendid|terrific|outstanding|exceptional|exemplary|flawless|faultless|seamless|spotless
    superb\w{0,2}|stunning|gorgeous|beautiful\w{0,2}|fabulous|phenomenal|incredible|magic|magical|dream|heaven
    legends?|heroes?|angels?|stars?|champion|belter|cracking|smashing|spot on|class|mint|sweet|kind|kindness
    friendly|patient|thoughtful|courteous|professional|efficient|smooth|smoothly|painless|effortless
    recommend\w{0,2}|grateful|thankful|relieved|proud|thrilled|overjoyed|tickled|stoked|beams?|hug|bless|godsend
    lifesaver|second to none|unbeatable|top drawer|tip top|five star|yay|hooray|woohoo|enjoy\w{0,3}|fan|hats?
    enjoyable|congrats
""")
STRONG_NEGATIVE = any_of(r"""
    nie wieder|letzte mal|nie mehr|schnauze voll|nase voll|faxen dicke|kaffee auf|geht(?:'?s| es)? noch|was soll das
    so ein laden
    geht gar nicht|reicht(?:'?s| es)?(?: mir| jetzt)?|reicht mir|zum kotzen|zum verrueckt werden
    wie lange (?:denn )?noch|keine lust mehr
    zum (?:dritten|vierten|fuenften|sechsten|siebten|achten|x-?ten|zehnten|hundertsten|wiederholten) mal
    schon wieder|mal wieder
    (?:am ende|mit den nerven|fix und fertig|am boden)|(?:verlier\w*|keine) (?:\w+ )?geduld
    macht? mich (?:\w+ )?(?:fertig|wahnsinnig|krank|irre)
    bringt? mich (?:\w+ )?(?:um|ins grab|auf die palme)|ernst gemeint|(?:euer|ihr) ernst
    platzt (?:mir )?(?:gleich )?der kragen
    nicht (?:mehr )?(?:normal|gut|zufrieden|ok|okay|schoen|toll|lustig|witzig|zu glauben|akzeptabel)
    alles andere als
    (?:koennt|kannst) mich mal|so nicht|kein wunder|hinter(?:her)?(?: ?ge)?lauf\w*|ohne worte|echt jetzt
    wirklich jetzt|ist das ein witz
    never again|waste of|fed up|had enough|had it(?: up to here)?|sick (?:of|and tired|to)
    what a (?:joke|mess|shambles|shower)|how dare
    rip ?off|absolute joke|(?:third|fourth|fifth|tenth|umpteenth|nth) time|(?:getting|get) on my nerves
    drives? me (?:up|mad|insane|nuts)
    driving me (?:\w+ )?(?:mad|insane|nuts|crazy)|killing me|(?:death|end) of me
    not (?:good enough|happy|ok|okay|acceptable|on|impressed|funny)
    thats not on|cannot be serious|are you (?:serious|kidding)|for god'?s sake|patience is
    losing (?:my )?(?:patience|the will|it)|beyond a joke
    poor form|no way to treat|nothing but excuses|cant stand|seriously\?|what kind of|yet again|still nothing
    is this a joke|get lost
    schuss nicht gehoert|kopf (?:nur )?(?:an)?fassen|das (?:mass ist voll|letzte|allerletzte|hinterletzte)
    habt ihr (?:\w+ ){0,3}(?:ueberhaupt|eigentlich)|ist das (?:euer|ihr|dein) ernst
    woanders (?:bestellt|kaufen|gekauft)
    ihr seid (?:\w+ ){0,2}(?:das letzte|dumm|unfaehig|schlecht\w*|betrueger|peinlich)|hauptsache (?:kassier\w*|geld)
    starkes stueck|null (?:ahnung|interesse|reaktion|service)
    keinen? (?:einzigen )?(?:bock|nerv|respekt|anstand|spass)|macht keinen spass|geb'?s auf|gebe? (?:es )?auf
    ein stern|1 stern|0 sterne|nicht (?:zu )?empfehl\w+|kann man nicht empfehlen|wartet und wartet
    den ganzen tag (?:gewartet|umsonst)|umsonst|(?:extra |heute )?frei genommen|wieso (?:\w+ )?immer
    warum (?:\w+ ){0,4}immer|taeglich gruesst|mal wieder typisch|typisch
    are you (?:lot )?(?:for real|having a laugh|serious)|(?:bang|bash) (?:my|your) head|(?:one|1|zero|0|two) stars?
    out of ten|would not recommend|wouldn'?t recommend
    (?:do|does|did) (?:you|any\w*) (?:\w+ ){0,3}(?:at all|even|actually) |have some shame|shame on you
    last time ever|somewhere else|elsewhere next|wait and (?:you )?wait|all day|took (?:the|a) day off|never came
    nobody (?:came|knows|cares|bothered)|no idea what|just a number|as long as you get paid
    lost (?:me|my) (?:trust|as a customer|custom)|had to (?:chase|ring|call) |how (?:hard|difficult) can it be
    what is wrong with you|every single (?:time|year|month)|hours of my life|once and for all
    what do you (?:actually )?do all day|any way to behave|pull your finger out|get your act together|sort it out
    sort yourselves out
""")
STRONG_POSITIVE = any_of(r"""
    weiter so|grosses lob|hut ab|1a|daumen hoch|fuenf sterne|5 sterne
    nichts (?:zu (?:meckern|beanstanden)|auszusetzen)|kann (?:man )?(?:da )?nicht (?:klagen|meckern)
    (?:gar )?nicht schlecht|ned schlecht|positiv ueberrascht|laeuft wie geschmiert|kann ich nur (?:weiter)?empfehlen
    bin begeistert|ihr seid (?:\w+ )?(?:die besten|super|toll|klasse|spitze)
    keep it up|well done you|thumbs up|made my day|saved my (?:day|life)|hats off|(?:five|5) stars?|no complaints
    can'?t (?:complain|fault)|couldn'?t be happier
    not bad|works? like a (?:charm|dream)|would recommend|highly recommend|you (?:rock|are great|guys rock)
    fair play|blown away|pleasantly surprised|top notch
    besser geht(?:'?s| es)? nicht|besser (?:\w+ )?(?:geht|kann)|haut (?:mich )?um|umgehauen|kann nicht besser
    ohne euch (?:\w+ ){0,3}(?:aufgeschmissen|verloren)|bestens|in guten haenden|gut aufgehoben
    ziehe (?:meinen|den) hut|ihr (?:\w+ )?den tag gerettet|strahlt seit|einsame spitze|aller ?erste sahne
    schoen(?:en|es) (?:tag|abend|wochenende)|schlaegt hoeher|herz hoeher|so (?:schnell|gut|nett) war
    doesn'?t get (?:any )?better|second to none|in good hands|lost without you|take my hat off|bowled (?:me )?over
    floored me|over the moon|best (?:\w+ ){0,3}(?:ever|of my life)|could not be (?:happier|better)
    what a (?:machine|difference|service|team|gem|star)|thanks? a million|worth every penny|money well spent
    so (?:happy|pleased|impressed|kind|sweet|helpful)
""")
IRONY = any_of(r"""
    na (?:toll|super|prima|bravo|klasse|danke|wunderbar|herrlich)|(?:vielen |schoenen )?dank auch
    dank(?:e)? (?:\w+ )?fuer (?:gar )?(?:nichts|nix)|ganz grosses kino|ja ne,? is(?:t)? klar
    applaus|bravo|herzlichen glueckwunsch|glueckwunsch ihr|neuer rekord|ein traum|wirklich ganz toll
    ganz toll gemacht|super (?:gemacht|leistung)|tolle leistung
    (?:wow|aha),? (?:nur|erst|schon)|wie schoen dass|schon lustig|immer wieder (?:schoen|ein vergnuegen)
    wer haette das gedacht|ist was anderes|kann von keiner? rede
    (?:toll|super|prima|klasse|genial|grossartig|herrlich|wunderbar|klar|perfekt|\
        spitze)[,.!]? (?:\w+ ){0,3}(?:wieder|jetzt|schon|statt|geht|nix|nichts|kaputt|falsch\w*|der (?:dritte|\
        zweite|vierte))
    oh (?:great|brilliant|lovely|good|joy|fantastic|wonderful)
    thanks (?:a lot |so much )?for (?:nothing|the lies|ruining|wasting)|cheers for that
    (?:slow|round of) (?:clap|applause)|new record
    just (?:great|brilliant|perfect|what i needed)|congratulations|well done,? (?:now|you (?:broke|lost))
    great job (?:\w+ )?(?:break|los|ruin)\w*|yeah,? right|how (?:lovely|nice|wonderful)
    (?:great|brilliant|super|lovely|fantastic|wonderful|perfect|genius|bravo)[,.!]? (?:\w+ ){0,3}(?:another|again|\
        wrong|broken|late|third|fourth|nothing|now|instead|hours?)
    what a surprise|surprise,? surprise|as if|must be nice|nothing better to do|in a (?:negative|bad) way
    not in a good way|im negativen sinn|und zwar nicht positiv
""")
MISHAP = any_of(r"""
    wieder|kaputt|defekt|falsch\w{0,2}|weg|nix|nichts|verspaet\w*|verloren|kommentarlos|gehalten|aufgelegt
    warteschleife|stunden|wochen|woche|tage|mahn\w*|gebuehr\w*|doppelt
    again|broken|broke|wrong|gone|nothing|late|lost|missing|hold|hours|weeks?|days|damaged|twice|useless|stopped
    crash\w*|refused|fee|charge\w*
""")
NEGATIONS = frozenset(
    """
        nicht nich ned net nid kein keine keinen keiner keinem nie niemals weder ohne nix not no never isn't wasn't
        don't doesn't didn't without hardly ain't can't couldn't cant dont isnt wasnt
    """.split()
)
