"""Signs of danger: fire, smoke, shock, poison, injury, a dead emergency line, a threat to others.

Recall comes first, as with self-harm. But daily talk is full of harmless fire ("smoke alarm", "die LED brennt", "the
price exploded"): such phrases are blanked out before the search, so whatever else stands in the message still counts.
"""

from __future__ import annotations

from nlu.phrases import any_of

_DANGER = any_of(r"""
    (?:an|ab|durch|ver|nieder)?(?:ge)?brannte?n?|brennt|zu brennen|brenne?nd\w*|stichflamme\w*|in brand|brandgefahr
    brandloch|brandfleck\w*|in flammen|flammen|feuer|fing an zu brennen|abgefackelt|feuerwehr
    rauch|raucht\w?|rauchen|rauchend\w*|rauchentwicklung|qualm\w*|gequalmt|explodier\w*|explosion|stromschl\w+
    stromstoss\w*|elektroschock
    (?:eine|einen|oane|oan) (?:g(?:e)?wischt|gefetzt|gfetzt|gezwiebelt|gewatscht|gschossn)(?: bekommen)?
    unter (?:strom|spannung) (?:steht|stehen|gestanden)|(?:steht|stand) unter (?:strom|spannung)
    elektrische[rn]? schlag|schlag (?:bekommen|gekriegt|kriegt)|strom am gehaeuse
    (?:blanke?\w?|offene\w?) (?:kabel|leitung\w*|draht|draehte)|kabel (?:\w+ )?(?:haengt )?blank
    (?:riech\w*|stink\w*|stank|gestunken|gstunga|roch|schmeckt) (?:\w+ ){0,4}(?:verbrannt\w*|verschmort\w*|\
        verkohlt|angebrannt|verschmurgelt|nach (?:\w+ )?(?:gas|rauch|plastik|plaste|gummi|schwefel|feuer|kabel\w*|\
        chemie|lack))
    gasgeruch|brandgeruch|schmorgeruch|kohlenmonoxid\w*
    (?:ver|durch|an|ge)?(?:ge)?schm(?:o|ur)r?(?:t|te|ten|en|gelt)|durchgschmort|verkohlt|(?:an)?(?:ge)?kokel\w*
    funken (?:aus|spr\w+|schl\w+|flieg\w*|flog\w*|geflogen)|funkensp\w+|spruehfunken|verpuffung|in die luft geflogen
    auseinandergeflogen|(?:hat|hats|hot|es) (?:\w+ ){0,3}gefunkt|funkt (?:\w+ ){0,3}(?:steckdose|stecker)
    kurzschluss
    (?:akku|batterie|zelle|handy|smartphone|tablet|powerbank|geraet|uhr|\
        kopfhoerer)\w{0,3}(?: \w+,?){0,8} (?:auf\s?geblaeht\w*|blaeht\w*|woelbt\w*|gewoelbt\w*|aufgequollen|\
        gequollen|quillt|aufgegangen|dick (?:wie|geworden)|platz\w*|geplatzt|geschwollen|angeschwollen|\
        verbeult sich|zisch\w*|laeuft aus|ausgelaufen|undicht|ausgetreten)
    (?:akku|batterie|powerbank|zelle)\w{0,3}(?: \w+,?){0,6} (?:fluessigkeit|saeure|elektrolyt)
    (?:auf)?geblaeht\w*|aufgequollen\w*
    (?:glueh|kochend|siedend|brueh|knall|brenn)(?:end)? ?(?:d )?heiss\w*|glueht|gluehend\w*|so heiss,? dass
    zu heiss zum anfassen|wird (?:\w+ )?so heiss
    (?:ge|ver)schmolzen\w*|schmilzt|schmolz\w*
    ver?brueht\w*|verbruehung\w*|verbrennung\w*|brandwunde\w*|brandblase\w*|verbrannt
    (?:blasen|verbrannt\w*) (?:\w+ ){0,2}(?:haut|hand|finger|arm|handgelenk|bein)|veraetz\w*
    verschluckt\w*|erstick\w*|vergift\w*|bewusstlos\w*
    (?:hand|finger|haut|ohr|auge|kind|sohn|tochter|frau|mann|kopf|nase)(?: \w+){0,4} (?:blutet\w*|verletzt)
    verletz\w+ (?:worden|zugezogen)|(?:habe?|hat) (?:mich|sich) (?:\w+ ){0,4}verletzt|blutet|notaufnahme
    ins krankenhaus
    lebensgefahr\w*|gefahr!*$|gefaehrlich,?|abstech\w*|abzustechen|aufgeschnitten|schnittwunde\w*
    allergische reaktion|lebensbedrohlich\w*|notarzt|rettungswagen|krankenwagen|lebensgefaehrlich
    (?:haus)?notruf\w*(?: \w+){0,8} (?:geht|funktioniert|tot|ausgefallen|gestoert|defekt|kaputt|offline|nimma|nicht)
    (?:112|110|144|133|notruf)(?: \w+){0,4} (?:nicht|ned|ned mehr|unmoeglich|keine)
    (?:beatmung\w*|dialyse\w*|sauerstoffgeraet\w*)(?: \w+){0,10} (?:nicht|tot|aus|\
        ausgefallen|kein\w*|offline)
    direkt neben (?:dem|das|mein\w*|unser\w*) (?:baby|kind)
    (?:ich |i |wir )(?:bring\w?|stech\w?|schlag\w?|knall\w?|schiess\w?|mach\w?) (?:\w+ ){1,5}(?:um|ab|tot|kalt|\
        platt mit)
    (?:ich|wir) (?:komm\w?|steh\w?) (?:\w+ ){0,5}mit (?:\w+ )?(?:messer|waffe|axt|pistole|knarre|benzin)
    zuende? (?:\w+ ){0,3}(?:laden|filiale|buero|haus|auto)(?: \w+)? an|bombe (?:\w+ ){0,4}(?:legen|gelegt|hochgehen)
    bombe in (?:\w+ )?(?:filiale|laden|zentrale|buero)|(?:er|ihn|sie) umbringen

    fire|fires|flames?|ablaze|caught (?:fire|alight)|burning|burnt|burned|burns?|scorch\w*|singed?|char(?:red|ring)
    smoulder\w*|smolder\w*|smok(?:e|es|ed|ing|y)|fumes
    explod\w*|explosion|blew up|blown up|blowing up|went bang|electrocut\w*|electric(?:al)? shocks?|zapped
    (?:got|get|gets|gave|gives|giving|getting|had) (?:\w+ ){0,3}(?:shocks?|belt|jolt) (?:off|from|when|every time|\
        touching|by)
    shocks? (?:me|you|him|her|us)|shocked (?:me|my|him|her|by the)|(?:live|bare|exposed) (?:wires?|cables?|casing)
    casing is live|went (?:bang|off like)|blasted
    sparks?|sparking|sparked|short(?:ed)? out|short[- ]circuit\w*|arcing
    (?:smell\w*|stink\w*|stench|reek\w*) (?:\w+ ){0,3}(?:burn\w*|gas|smoke|plastic|melt\w*|rubber|chemical\w*)
    gas leak|leaking gas|carbon monoxide
    (?:battery|batteries|phone|tablet|device|power ?bank|watch|earbuds?|laptop|pack|\
        cell)(?: \w+,?){0,7} (?:swollen|swelling|swelled|swells|bulg\w+|puff\w*|burst\w*|leak\w*|hiss\w*|\
        expand\w*|pop(?:ped|ping))
    (?:battery|batteries|power ?bank|cell)(?: \w+,?){0,6} (?:fluid|acid|liquid|goo)
    swollen|bulging|(?:red|boiling|scalding|burning|dangerously|scorching)[- ]hot
    (?:so|too) hot (?:\w+ ){0,3}(?:touch|hold|hand|pick)|overheat\w* (?:\w+ ){0,4}(?:hand|skin|bed|melt\w*)
    melt(?:ed|ing|s)?
    scald\w*|blisters?|blistered|(?:child|kid|baby|toddler|son|daughter|he|she|dog|cat|just)(?: \w+){0,3} swallowed
    swallowed (?:a|the|one|part|it|some)|chok(?:ed|ing|es)|poison\w*|unconscious
    (?:is|are|was|started|hand|ear|finger) bleeding|injur\w+|a&e
    (?:ended|end|landed|put (?:me|him|her)) (?:up )?in (?:the )?hospital
    (?:had|rushed|taken) (?:\w+ ){0,3}to (?:the )?hospital|life[- ]threatening|danger to life|paramedics?
    cut (?:my|his|her|myself) (?:\w+ ){0,3}(?:on|open|badly|finger|hand|with the)
    (?:can'?t|cannot|could ?n'?t|unable to|won'?t let me|not able to) (?:\w+ ){0,2}(?:call|ring|reach|dial|\
        get through to) (?:\w+ )?(?:911|999|112|emergency|ambulance)
    (?:emergency|medical|personal|panic|fall) (?:alarm|button|pendant|phone|call|watch)s?(?: [\w']+){0,7} (?:not|\
        n'?t|dead|down|stopped|fail\w*|offline|out|doesnt|isnt|wont)
    careline(?: \w+){0,5} (?:dead|down|not|stopped)
    (?:ventilator|oxygen|dialysis|breathing machine)(?: \w+){0,8} (?:dead|down|off|not|\
        stopped|fail\w*|out)
    dangerous|hazardous|(?:hurt|hurts|injured) by (?:your|the)|going to get hurt|gas[- ]like smell
    hissing (?:noise|sound)|overheating$
    right next to (?:the|my|our) (?:baby|child|kid|toddler|daughter|son)
    (?:i'?ll|i will|i'?m going to|im gonna|gonna) (?:\w+ )?(?:kill|stab|shoot|hurt|strangle|beat up|\
        murder) (?:you|him|her|them|your|one of|the|someone|everyone)
    burn (?:\w+ ){1,3}down|(?:coming|come) (?:\w+ ){0,5}with (?:a |my )?(?:knife|gun|axe|bat|petrol)
    bomb (?:in|at|under|threat)|kill (?:her|him)
""")
_HARMLESS = any_of(r"""
    feuer(?:zeug|werk|fest|loesch\w*|alarm|melder|stelle|wehrmann)\w*|feuer und flamme|unter feuer|feuer frei
    unter dem feuer|feuertaufe|feuerrot\w*
    rauch(?:warn)?melder\w*|rauchsensor\w*|smart ?home rauch\w*|raucherpause|nichtraucher\w*|zigaretten?rauch
    (?:ich|bin|war) (?:\w+ ){0,2}rauche?r?|rauchzeichen|rauchgrau|schall und rauch|wird (?:\w+ )?geraucht
    (?:mir|uns) (?:\w+ )?(?:raucht|qualmt|brummt) (?:\w+ ){0,5}(?:der kopf|schaedel|birne)
    (?:raucht|qualmt|rauch) (?:\w+ ){0,6}(?:kopf|schaedel|ohren)|kopf raucht
    abgeraucht|(?:an|ab|aus|durch)gebrannt(?:e|er|es) (?:led|lampe|birne|pixel)
    (?:led|lampe|lampn|licht|laempchen|leuchte|birne|anzeige|kontroll\w+|diode|kerze|lichter|lampen|\
        leds) (?:\w+ ){0,4}(?:brenn\w*|brannte|glueht)
    brenn\w* (?:\w+ ){0,3}(?:led|lampe|licht|laempchen|leuchte|birne|lichter|lampen)
    (?:cd|dvd|cds|dvds|blu-?ray|image|iso|bild)(?: \w+){0,3} (?:ge|ein(?:ge)?)?brann?(?:t|en|ne)
    brenn\w* (?:\w+ ){0,3}(?:cd|dvd|cds|dvds|iso|image|bild|brenner)\w*
    (?:ein|ein)?gebranntes?(?: \w+)? (?:bild|logo)|brennbild|brenndauer|brennwert\w*|brennpunkt
    brennt (?:es )?(?:\w+ )?unter den naegeln
    (?:brennt|brennend\w*) (?:\w+ ){0,3}(?:auf der seele|herz|interess\w*|frage)|(?:das |mein )?herz brennt
    brennende frage|brenn\w* darauf|da brennt (?:die huette|die luft|nix an|nichts an)|lichterloh begeistert
    brandneu\w*|brandaktuell
    brennt (?:sich )?(?:\w+ ){0,3}(?:ein|aufs display)|fuer (?:\w+ )+(?:durchs )?feuer
    (?:preis|kosten|rechnung|verkaufszahlen|beliebtheit|nutzerzahlen|datenvolumen)\w*(?: \w+){0,3} explodier\w*
    explodier\w* (?:\w+ ){0,3}(?:preis\w*|kosten)|(?:ich|kopf|chef|frau|mann) (?:\w+ )?explodier\w*
    (?:vor|fast|gleich) (?:\w+ ){0,3}explodier\w*|explosion\w* der (?:kosten|preise)
    (?:rauch|qualm|flammen) (?:im|aus dem) (?:film|spiel|video)|server (?:\w+ )?brennt|brennt (?:\w+ ){0,4}server
    kalorien (?:\w+ ){0,8}verbrannt|firewall|fire ?(?:stick|tv|fox|fly|works?|base|wire|wall|man sam)\w*|kindle fire
    tablet fire|fire tablet
    hausnotruf(?: \w+){0,3} (?:kosten|kaufen|tarif|angebot\w*)
    notruf(?:funktion|modus|knopf|taste|kontakt\w*)\w*(?: \w+){0,3} (?:ein|aus|kosten|einrichten|kaufen|\
        deaktivier\w*|abschalten)
    versehentlich\w* (?:\w+ )?notruf\w*
    stromstossschalter|stromstoss ?schalter|stromstossrelais
    (?:herz|kopf|gefuehle?|seele|stolz|ego) verletzt
    verletzt (?:meine|die|eure|ihre|ihr) (?:rechte|privatsphaere|gefuehle|agb|pflicht\w*|dsgvo)
    gefunkt (?:\w+ ){0,4}(?:zwischen|kanal|antenne|frequenz|handfunk\w*)|dazwischen ?gefunkt
    (?:die |diese |eure |de )?bank(?:verbindung)? (?:\w+ )?verbrannt|geld (?:\w+ ){0,3}verbrannt|finger verbrannt an
    zunge verbrannt|toast\w* (?:\w+ )*(?:an|ver)brannt\w*
    kaffee (?:\w+ )?(?:schmeckt |riecht )(?:\w+ )?(?:verbrannt|angebrannt|nach \w+)
    (?:schmeckt) (?:\w+ )?(?:verbrannt|angebrannt)
    neu(?:er|es|em|en)? (?:geraet|kunststoff|plastik)\w* geruch

    fire (?:stick|tv|fox|wall|works?|place|proof|extinguisher|alarms?|safe|sale|hd|tablet|door|drill|away|base|\
        sticks)\w*
    fireproof\w*|firmware
    (?:is|are|was|be|absolute|pure|its|it's|sounds?|new \w+|looks) fire(?= *(?:🔥|!|$|,|\.|lol|mate|bro))
    (?:you|you'?re|youre|team|album|set|playlist|u|sale) (?:are |is |guys )?on fire|fired|fire emoji|crossfire
    under fire|ceasefire|fire (?:me|him|her|your|the|that|them|off|up)
    smoke (?:alarms?|detectors?|sensors?|test|free|signal)
    smok(?:e|ed|ing) (?:grey|black|glass|deal|hot deal|gun|salmon|area|break)|(?:i|we|he|she|non) ?-?smoke(?:r|s)?
    no smoking|smoke and mirrors|go up in smoke
    carbon monoxide (?:alarm|detector)s? (?:compatible|work|available|in stock|cost)
    burn(?:ing|t|ed)? (?:a |the |some |my |this )?(?:cds?|dvds?|discs?|iso|image|question|calories|money|cash|\
        bridges|through (?:my|the|all|data|battery)|out|rubber)
    burn[- ]?in|burned? (?:in )?pixels?|burning (?:question|desire|issue|ears)
    burn(?:s|t|ed|ing)? (?:a hole|through)|side ?burns|slow burn|burned by (?:you|your)
    burned? (?:the |my )?(?:toast|coffee|dinner|cake|pizza|tongue)|(?:tastes?|coffee) (?:\w+ )?(?:burnt|burned)
    data burns?|calories burn\w*|sunburn\w*
    (?:a |the )?(?:shock|shocked|shocking)(?: \w+){0,5} (?:bill|price|invoice|cost|total|statement|charge)s?
    culture shock|shock absor\w*|sticker shock|(?:got|get|had) (?:\w+ ){0,2}shock when i (?:saw|opened|read|looked)
    shockproof|bill shock
    spark(?:s|ed)? (?:joy|interest|a debate|an idea|my)|sparks? mobile|bright spark|no sparks?
    (?:prices?|costs?|popularity|sales|inbox|phone|notifications|head|i|im|i'm|brain|\
        mind) (?:\w+ ){0,3}(?:explod\w+|blow\w* up|blew up)
    blow(?:ing|n|s)? (?:up )?(?:my |the )?(?:mind|phone|inbox)|(?:about|going|gonna|ready) to explode
    (?:tiktok|insta\w*|channel|video|post|reel|feed|account|page|twitter|socials|chat|group) (?:is |are |was |has )?\
        (?:\w+ )?(?:blow\w* up|blew up|explod\w+)
    injury (?:claim|law|lawyer|case)s?|melts? (?:my|your) (?:heart|face|brain)|in the mouth
    burnt[- ]on|burned[- ]on|baked[- ]on
    swollen (?:bill|price)|swallow(?:ed)? (?:my|the) (?:pride|card|money|cost)
    choking on (?:the|that) (?:price|bill)|swallowed (?:my|the|a) (?:bank |credit |debit )?card|dumpster fire
    heard (?:\w+ ){0,4}fire at|is (?:it|this) dangerous to (?:share|give|click|open)
    chok\w+ (?:hazard )?(?:up|my bandwidth|connection)
    adding insult to injury|insult to injury|time is money
    (?:i'?ll|gonna|going to|i will|could|i'?d) (?:\w+ )?(?:kill|murder|strangle|shoot) (?:the|this|that|an?|\
        my) (?:app|router|process|box|phone|thing|battery|hub|kettle|contract|direct debit|subscription|line|time)
    burner phone|hot spot|bomb(?:ay|er jacket)|medical alarm (?:price|cost|plan)s?
""")


def tells_of_danger(folded: str) -> bool:
    """Whether fire, shock, poison, injury or a threat to others is told of."""
    return _DANGER.search(folded) is not None and _DANGER.search(_HARMLESS.sub(" ", folded)) is not None
