"""Signs of self-harm: somebody means to harm themselves, or tells of another who does.

Recall comes first: a false alarm costs a look by staff, a missed one perhaps a life. Veiled words count too ("without
me everyone would be better off"). But daily talk is full of death that is none ("der Preis bringt mich um", "die
laughing"): such figures of speech are blanked out before the search, so whatever else stands in the message still
counts. Where somebody laughs, no word counts.

What is said without any of these phrases is left to the learned head (nlu/mood_model.py).
"""

from __future__ import annotations

import re

from nlu.phrases import any_of

_SELF_HARM = any_of(r"""
    tu(?:e|a)? mir (?:\w+ ){0,2}was an|denk\w? (?:\w+ ){0,2}(?:ans sterben|an den tod|an selbstmord|dran zu sterben)
    bringe? (?:ich )?mich (?:noch |jetzt |heute |selber |selbst |wirklich |dann )*um
    mich (?:selbst |selber )?(?:um(?:zu)?bringe?n?|toeten|zu toeten|erhaengen|erschiessen|aufhaengen)
    (?:mir|sich|dir) (?:selbst |selber )?(?:das|sein|ihr|mein|s) leben (?:zu )?(?:nehm\w*|genommen)
    nehm\w{0,2} (?:ich )?(?:mir|sich) das leben
    (?:mir|sich|dir) (?:selbst |selber )?(?:et)?was (?:an(?:zu)?tu\w*|anzutun|antue)
    tu\w{0,2} (?:ich )?(?:mir|sich) (?:et)?was an
    sich (?:um(?:zu)?bringen|aufhaengen|erhaengen)
    suizid\w*|selbstmord\w*|selbstmoerder\w*|suicid\w*|abschiedsbriefe?|suicide note
    (?:will|wuerde|moecht\w{0,2}|mag|mog|moag|wui|kann|wollen|wolle) (?:\w+ ){0,3}(?:sterben|tot sein)
    (?:nicht mehr|nimmer|nimma|nimmi|nie mehr|nie wieder) (?:\w+ ){0,2}(?:leben|weiterleben|aufwach\w*|\
        wach (?:werden|sein)|am leben)
    (?:leben|alles|dasein) (?:\w+ ){0,3}(?:keinen|koan|kei|kein) sinn(?: mehr)?|leben (?:\w+ ){0,3}sinnlos
    sinnlos\w* leben
    lebensmuede|des lebens muede|das leben (?:\w+ ){0,3}nicht (?:mehr )?(?:aus|lebenswert|ertragen)
    wozu (?:\w+ ){0,3}leben|keinen grund (?:mehr )?(?:zu|zum) leben|lohnt (?:sich )?(?:das|es|mein) leben
    (?:wuenscht\w?|wollt\w?|wenn) ich (?:waer\w?|sei) (?:\w+ )?tot|ich (?:\w+ )?tot waer\w?|lieber tot
    waer\w? (?:ich )?(?:\w+ )?tot
    ohne mich (?:\w+ ){0,4}besser|besser (?:\w+ ){0,2}ohne mich
    nicht mehr (?:so )?lang\w? (?:da|leben|hier|auf dieser welt)
    (?:nur noch |einfach |endlich )+(?:weg|verschwunden) sein,? fuer immer
    fuer immer (?:weg|verschwind\w*|einschlaf\w*)
    (?:seh\w{0,2}|hab\w?|gibt) (?:\w+ ){0,3}keinen ausweg
    (?:mach\w{0,2}|setz\w{0,2}) (?:\w+ ){0,6}(?:allem|dem ganzen|meinem leben|dem leben|dem allem|\
        dem) (?:\w+ ){0,3}ein ende
    schluss (?:\w+ )?mit (?:allem|meinem leben|dem leben)|m[ao]ch\w? a end|mein leben (?:zu )?beend\w+
    (?:vor (?:den|n|einen) (?:\w*zug|bahn|lkw|laster)|vor die (?:u-)?bahn) (?:\w+ ){0,2}(?:spring\w*|schmeiss\w*|\
        werf\w*|leg\w*|stuerz\w*)
    (?:spring\w*|stuerz\w*) (?:\w+ ){0,3}(?:von (?:der|einer|da) (?:\w+ )?bruecke|bruecke|vor (?:den|n) \w*zug|\
        aus dem fenster|vom dach|vom balkon)
    (?:von der|von einer) bruecke (?:\w+ )?spring\w*|(?:sonst|dann|hilft) springe? ich
    hab\w? (?:\w+ )?tabletten (?:hier|bereit|da) (?:\w+ )?liegen
    ritze (?:ich )?mich|mich (?:wieder )?(?:ge)?ritz\w*|schneid\w? mich (?:wieder )?selb\w+
    verletz\w? (?:ich )?mich (?:\w+ ){0,2}selb\w+|mich selb\w+ (?:zu )?verletz\w*
    rasierklingen? (?:\w+ ){0,3}(?:hand|arm|puls\w*)|pulsadern?
    (?:schlaf|alle )?tabletten (?:\w+ ){0,4}(?:vor mir|auf einmal|geschluckt|schlucken|bereit)|ueberdosis
    leb(?:t|en sie)? (?:alle )?wohl,? (?:welt|ihr lieben|fuer immer)|alles nicht mehr,? lebt wohl
    sag\w? (?:\w+ ){0,5}dass (?:es mir leid tut|ich (?:sie|ihn|euch) lieb\w*)
    morgen (?:\w+ ){0,3}(?:nicht mehr|nimmer) (?:leb\w*|am leben|auf der welt|da bin wisst)
    alles egal,? (?:\w+ ){0,4}nicht mehr da
    niemand (?:\w+ ){0,4}merken,? wenn ich (?:\w+ ){0,3}(?:weg|tot|nicht mehr)

    kill(?:ing)? (?:my|him|her|them)sel(?:f|ves)|unalive
    (?:end|ending|ended|take|taking|took) (?:my|his|her|their) (?:own )?li(?:fe|ves)|(?:end|ending) it all
    ending it (?:\w+ )?(?:tonight|today|now|soon)|end it (?:tonight|all)
    (?:want|wanna|wanted|ready|wish i could) (?:to )?(?:just )?(?:die|be dead|disappear forever)
    (?:do(?:es)?n'?t|do not|does not|didn'?t|no longer|not) (?:even |really |rly )?(?:want|wanna|wish|like)(?:ing|\
        s)? (?:to )?(?:\w+ )?(?:live|be alive|be here any ?more|wake up|exist|go on living)
    never (?:\w+ )?wake up|sleep and not wake up
    (?:no|what'?s the|whats the|not much|any) (?:reason|point|sense) (?:\w+ )?(?:to|in|of|\
        for)? ?(?:\w+ ){0,2}(?:live|liv\w+|being alive|anything any ?more|life)
    no (?:point|sense) in anything
    (?:every(?:one|body)|they|you|family) (?:\w+ ){0,4}(?:be )?better off (?:if i|without me|when i)|better off dead
    (?:rather|wish i (?:was|were)|if i (?:was|were)|better if i (?:was|were)) (?:be )?(?:\w+ )?dead
    wish i (?:was|were) never born|wish i wasn'?t (?:alive|here any ?more)
    self[- ]?harm\w*|hurt(?:ing)? myself|harm(?:ing)? myself
    (?:cut|cutting) myself(?! (?:on|with the|opening|when|while|getting|unboxing))
    hurt (?:him|her|them)sel(?:f|ves)|(?:do something|what i (?:might|could|may) do|do) to myself
    end up doing something (?:stupid|bad)
    goodbye letters?|goodbye (?:world|forever)|goodbye (?:everyone|everybody),? (?:sorry|i)
    (?:got|have|taken|took|swallow\w*|take) (?:\w+ ){0,3}(?:pills|tablets)(?: \w+){0,3} (?:in front of me|ready|\
        at once|all|here|tonight)
    took all (?:my|the) (?:pills|tablets)|overdos\w+
    (?:standing|sitting|stood|sat) (?:up )?(?:on|at) (?:the|a) (?:edge|(?:\w+ )?bridge|ledge|roof)
    (?:jump\w*|throw\w* myself|step\w*) (?:\w+ )?(?:off|in front of|under|from) (?:a|the|this|my|\
        that) (?:\w+ )?(?:bridge|train|bus|roof|building|balcony|lorry|truck|cliff|car)
    (?:is|was|am|im|i'm|hes|he's|shes|she's|are) (?:going to|gonna|about to) jump
    (?:had|have had) enough of (?:my |this )?life|tired of (?:living|life|being alive)
    (?:life|living|it)(?: is|'s|s)?(?: not|n'?t| isn'?t| aint)? (?:really )?(?:not )?worth (?:living|it any ?more)
    life isn'?t worth it
    (?:can'?t|cannot|can not|dont think i can|unable to) (?:carry|go) on(?: living| any ?more| like this)?\
        (?! (?!living)\w+ing\b| with| to| the| my| a)
    (?:see|seeing|there is|there'?s|have) no way out
    (?:won'?t|will not|wont|not gonna|not going to) be (?:here|around|alive|with you) (?:much longer|tomorrow|\
        any ?more|for long|to see)
    by (?:tomorrow|then|tonight) i won'?t be here
    hang(?:ing)? myself|shoot(?:ing)? myself|slit(?:ting)? my wrists?|drown(?:ing)? myself
    tell (?:my|the) (?:\w+ ){1,3}i (?:love|loved) (?:them|her|him|you)
    (?:just )?want (?:it|everything) (?:all )?to (?:stop|end|be over)
    (?:nie|niemals|gar nicht erst) geboren
    (?:keine?|nicht die|fehlt (?:mir )?die) kraft (?:mehr )?(?:zum|zu) (?:weiter\w*|leben)
    (?:ganze|volle) (?:packung|schachtel|flasche) (?:\w+ )?geschluckt
    (?:bin|waere?|fall\w*|nur) (?:\w+ ){0,3}(?:eine|ne) last(?: fuer \w+)?|niemand braucht mich|bin ueberfluessig
    (?:weg von|verlass\w*|runter von) dieser (?:welt|erde)|warum (?:\w+ ){0,4}(?:noch )?auf der welt
    nicht mehr auf (?:der|dieser) (?:welt|erde)
    (?:meine )?letzte nachricht an|lebensmut|lebenswill\w*|keinen? (?:\w+ )?(?:lebenssinn|sinn mehr im leben)
    kein licht mehr|lass\w* mich (?:\w+ )?fallen|ritzt sich|schneidet sich|(?:tut|tun) sich (?:\w+ )?was an
    mog (?:\w+ )?nimma(?: leben)?$|mag (?:einfach )?nimmer$
    (?:will|moecht\w?|mag) (?:\w+ )?nicht mehr (?:da|hier|am leben) sein|(?:nicht mehr|nimmer) da zu sein
    tot sein (?:ist|waere|waer)|wo ich hingehe|warum ich (?:\w+ ){0,3}heimgehen
    ertrag\w* (?:\w+ ){0,3}nicht mehr(?:,| und) (?:bald|gleich|ich)|wunsch zu sterben|todeswunsch|sterbenswunsch
    never been born|(?:strength|energy|will) to (?:carry on|go on|live|keep going)
    whole (?:packet|bottle|box) of (?:pills|tablets)|swallowed the whole
    (?:just |only |such )?a burden (?:to|on) (?:every\w+|my|them|all)|nobody needs me
    (?:off|leave|still on) this (?:earth|planet|world)|this is my last message|let(?:ting)? myself (?:fall|go)
    no light (?:any ?more|left)|not existing|stop existing|cease to exist
    (?:being|be) dead (?:would|is)|fall asleep and (?:not|never)|where i'?m going|why i'?d go home
    (?:cutting|cuts|cut) (?:himself|herself|themselves)|can'?t (?:bear|take|stand) (?:the pain|life|living|being)
    do(?:es|ing)? something to (?:him|her|them)sel(?:f|ves)|death wish|wish(?:ing)? to die
    lost (?:all )?(?:the |my )?will|don'?t want to be here|do not want to be here|(?:to|will|planning to) end everything
    ich spring\w? (?:jetzt|gleich|heute|runter)|(?:bin|waer\w?) ich (?:dann |endlich )?tot
    ohne mich (?:\w+ ){0,5}(?:leichter|einfacher)|(?:leichter|einfacher) (?:\w+ ){0,3}ohne mich
    i'?m jumping now|(?:i'?ll|i will) be dead|(?:easier|simpler) (?:\w+ ){0,4}without me
""")
_IN_JEST = re.compile(
    r"\b(?:lol|lmao|rofl|haha\w*|hehe\w*|hihi|xd|jk|spass|scherz|joking|kidding)\b|[😂🤣😅😆😜😉🙄😁]|;-?\)"
)
_FIGURE = any_of(r"""
    (?:der|die|das|dieser?|euer?\w?|ihr|sie) (?:\w+ ){0,4}(?:bring\w*|treib\w*) mich (?:noch |echt |\
        langsam )*(?:um(?: den verstand| die ecke)?|ins grab|in den wahnsinn)
    (?:zum|vor) sterben (?:langweilig|schoen|gern)|sterben vor \w+
    (?:will|moecht\w?|koennt\w?|kann) (?:\w+ )?(?:vor (?:lachen|scham|langeweile|hunger) sterben)
    lieber tot als \w+|selbstmordkommando|software\w* suizid
    leben ohne (?:\w+ ){0,2}(?:internet|handy|wlan|kaffee)\w* (?:\w+ ){0,3}sinn\w*
    die (?:of|from) (?:laughter|laughing|boredom|embarrassment|shame)|die laughing|want to die of \w+|to die for
    (?:tired|sick) of life admin|end it all-inclusive|kill(?:ing)? (?:the|an?|this|that) \w+
    losing (?:the|my) will(?: to live)?(?=,| here| with| over| at| trying| waiting| on hold)
    tell my (?:\w+ ){1,2}i (?:love|loved) (?:it|the|your)
    (?:can'?t|cannot) (?:carry|go) on (?:the|my|a|your|to|with(?:out)?) \w+
    (?:akku|geraet|handy|display|server|leitung|internet|router|bildschirm|telefon|anschluss|box|sie|er|\
        es) (?:ist |war |waere |waer )?(?:\w+ )?tot
    no way out of (?:the|this|my) (?:contract|plan|menu|app|deal)
    keinen ausweg aus (?:dem|diesem) (?:vertrag|menue|tarif)
""")


def means_self_harm(folded: str) -> bool:
    """Whether the writer, or somebody they write of, means to harm themselves. `folded` by `folded_for_signs`."""
    if not _SELF_HARM.search(folded):
        return False
    bare = _FIGURE.sub(" ", folded)
    return _SELF_HARM.search(bare) is not None and not _IN_JEST.search(bare)
