"""What stands before a name, and how surely a name follows it, in points (see privacy_people.py).

INTRODUCES: whoever comes next is a person, whatever the word is. ANNOUNCES: a name if it may be one at all.
HINTS: names come after these as well as other things.
"""

# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

INTRODUCES = 12
ANNOUNCES = 8
HINTS = 5
MENTIONS = 6
"""After a greeting, a closing, "ich bin", "this is"."""
CONTRADICTS = -6
"""After an article or a possessive: "die Onda", "my Murmel"."""

SALUTATIONS = frozenset(
    "eheleute ehepaar herr herrn hr frau fr fräulein mr mrs ms miss mister madam familie fam mme".split()
)
TITLES = frozenset("dr prof professor doktor med dipl ing rer nat phil mag h c".split())
"""Between a salutation and the name. "Dr." alone introduces as well."""

_INTRODUCING = "namens gez heiße heisse heiß heiss hoass nennt named undersigned unterzeichnet inhaberin c/o nachname "
_INTRODUCING += (
    "vorname familienname zuname surname forename geborene née nee zunamen nachnamen vornamen namen mädchenname "
)
_INTRODUCING += "mädchennamen geburtsname geburtsnamen"
_ANNOUNCING = """
    nachbar nachbarn nachbarin kollege kollegen kollegin tochter sohn schwester bruder mutter vater mama papa oma opa
    ehemann ehefrau gatte gattin mann partner partnerin lebensgefährte lebensgefährtin lebensgefährten freund freundin
    verlobte verlobter onkel tante cousin cousine neffe nichte enkel enkelin schwager schwägerin schwiegermutter
    schwiegervater schwiegersohn schwiegertochter mitbewohner mitbewohnerin vermieter vermieterin hausmeister
    hausmeisterin kumpel spezl exfreund exfreundin exmann exfrau bekannter bekannte bekannten
    untermieter untermieterin
    nachmieter nachmieterin vormieter vormieterin mieter mieterin zusteller zustellerin bote postbote
    kurier hausverwalter
    makler maklerin steuerberater steuerberaterin lehrer lehrerin filialleiter filialleiterin patenkind patentante
    stiefsohn stieftochter stiefvater stiefmutter zwillingsbruder zwillingsschwester
    pfleger pflegerin bewohner bewohnerin
    techniker technikerin sachbearbeiter sachbearbeiterin mitarbeiter mitarbeiterin berater beraterin verkäufer
    verkäuferin ansprechpartner ansprechpartnerin empfänger empfängerin absender absenderin kontoinhaber kontoinhaberin
    vertragspartner vertragspartnerin vertragsinhaber vertragsinhaberin karteninhaber rechnungsempfänger anwalt anwältin
    rechtsanwalt chef chefin monteur fahrer kundin kunde auftraggeber betreuer betreuerin vormund nutzer nutzerin
    lieferempfänger inhaber halter klingel klingelschild türschild tantchen spelled spelt buchstabiert geschrieben
    name heißt heisst spricht z.hd zhd nenne unterschrieben

    neighbour neighbor neighbours colleague daughter son sister brother mother father mum mom dad gran nan grandma
    grandad grandpa husband wife partner boyfriend girlfriend friend fiancé fiancée fiance fiancee uncle aunt cousin
    nephew niece landlord landlady flatmate housemate roommate technician engineer advisor adviser agent rep manager
    solicitor lawyer driver courier holder recipient sender addressee contact person customer guy lady bloke called call
    gewisser gewisse gewissen gewissem certain name spoke boss buzzer doorbell auntie grandpa guest attention attn
    fao supervisor carer guardian mate pal ex buddy tenant lodger postman postie accountant teacher nanny stepson
    stepdaughter stepdad stepmum stepfather stepmother godson goddaughter niece granddaughter grandson grandmother
    grandfather bell manageress caretaker
"""
_HINTING = """
    im an bei von für fürs mit auf zu durch beim vom und oder wegen gegen nicht statt außer ist war dass hat haben
    können kann darf wird soll will muss könnte war hab habe
    says say to by with for from and or not is was of ask asked tell told gave let left via about is's than contacted
"""
_MENTIONING = """
    tag abend hier hallo hi hey hallöchen liebe lieber moin servus grüezi dear hello hiya morning ciao
    gruß grüße gruss grüsse gruesse grüßen gruessen lg vg mfg glg bg hg sg rgds bussi hochachtungsvoll danke
    dankeschön merci
    regards wishes sincerely faithfully yours cheers thanks thank you ta thx love luv best xx xxx xoxo x hugs bye
    tschüss tschau tschö herzlichst beste grüßle grüessli grüßli vlg lgs vg servas pfiat ade sendet wünscht grüßt
"""
_CONTRADICTING = """
    der die das den dem des ein eine einen einem einer mein meine meinen meinem meiner dein deine ihr ihre ihren
    euer eure
    eurer euren unser unsere unserer unseren sein seine neue neuen neuer neues alte alten kein keine keinen beide zwei
    diese dieser dieses diesen dies pro
    the a an my your our their his her its this these those that new old any some two no every each
"""

CUES: dict[str, int] = {
    **dict.fromkeys(_CONTRADICTING.split(), CONTRADICTS),
    **dict.fromkeys(_HINTING.split(), HINTS),
    **dict.fromkeys(_MENTIONING.split(), MENTIONS),
    **dict.fromkeys(_ANNOUNCING.split(), ANNOUNCES),
    **dict.fromkeys(_INTRODUCING.split(), INTRODUCES),
    **dict.fromkeys(SALUTATIONS | TITLES, INTRODUCES),
}

CLOSINGS = frozenset(
    """
    gruß grüße gruss grüsse gruesse grüßen gruessen lg vg mfg glg bg hg sg rgds bussi hochachtungsvoll danke dank
    merci ciao gez tschüss tschau tschö herzlichst beste grüßle grüessli grüßli vlg lgs servas pfiat bye
    regards wishes sincerely faithfully yours cheers thanks thank you ta thx love luv best xx xxx xoxo x hugs truly
    respectfully
    """.split()
)
"""After these a name may stand on a line of its own."""

GREETS = CLOSINGS | frozenset("greetings gruss grüßen viele liebe kind warm warmest herzliche sonnige schöne".split())
"""Words that open a line of greetings; the name stands on the next."""

PAIRS = {
    ("ich", "bin"): MENTIONS, ("i", "bin"): MENTIONS, ("bin", "i"): MENTIONS, ("bin's", "der"): MENTIONS,
    ("bins", "der"): MENTIONS, ("bin", "der"): MENTIONS, ("bin", "die"): MENTIONS, ("hier", "ist"): MENTIONS,
    ("hier", "schreibt"): ANNOUNCES, ("hier", "spricht"): ANNOUNCES, ("this", "is"): MENTIONS,
    ("it", "is"): MENTIONS, ("i", "am"): MENTIONS, ("here", "is"): MENTIONS, ("name", "ist"): INTRODUCES,
    ("name", "is"): INTRODUCES, ("name", "lautet"): INTRODUCES, ("names", "is"): INTRODUCES,
    ("namen", "von"): INTRODUCES, ("called", "me"): HINTS, ("auftrag", "von"): ANNOUNCES,
    ("name", "of"): INTRODUCES, ("talked", "to"): MENTIONS, ("spoke", "to"): MENTIONS,
    ("spoke", "with"): MENTIONS, ("addressed", "to"): ANNOUNCES, ("signed", "by"): ANNOUNCES,
    ("for", "by"): ANNOUNCES, ("familie", "von"): INTRODUCES, ("namen", "auf"): MENTIONS,
    ("wohne", "bei"): ANNOUNCES, ("klingel", "bei"): ANNOUNCES, ("klingeln", "bei"): ANNOUNCES,
    ("abgegeben", "bei"): ANNOUNCES, ("hat", "ein"): MENTIONS, ("bei", "einem"): MENTIONS, ("to", "a"): HINTS,
    ("by", "a"): HINTS, ("guy", "named"): INTRODUCES, ("was", "called"): ANNOUNCES, ("wurde", "bei"): MENTIONS,
    ("in", "law"): ANNOUNCES, ("care", "of"): INTRODUCES, ("für", "meinen"): HINTS, ("i", "be"): 0,
    ("we", "call"): 0, ("you", "call"): 0, ("to", "call"): HINTS, ("call", "me"): MENTIONS,
    ("customer", "service"): 0, ("klingelschild", "steht"): ANNOUNCES, ("schild", "steht"): ANNOUNCES,
    ("klingel", "steht"): ANNOUNCES, ("doorbell", "says"): ANNOUNCES, ("buzzer", "says"): ANNOUNCES,
    ("maiden", "name"): INTRODUCES, ("married", "name"): INTRODUCES, ("bell", "for"): ANNOUNCES,
    ("bell", "says"): ANNOUNCES,
}  # fmt: skip
"""Two words before the name. They outrank the one word alone."""

SELF = frozenset({"i'm", "it's", "its", "name's", "bin's", "bins", "ich", "i"})
"""Words that mention by themselves: "I'm Priya", "ich, Waltraud Kiesewetter,"."""

PARTICLES = frozenset(
    "von van vom de der den del della di da dos du ter ten zu zum al el bin ben bint abu le la st mac mc y".split()
)

AFTER = frozenset(
    """
    here hier schreibt wohnt sagte meinte heißt wartet unterschrieben promised signed said told says from nebenan
    who wrote rang took picked oben unten abgegeben geklingelt hinterlegt adressiert angerufen
    """.split()
)
"""A name before one of these is likelier."""

AFTER_BOTH = frozenset(
    "möchte will wünscht bittet braucht bekommt hat hatte ist wohnt kommt fragt wants would has had needs wishes "
    "is asks".split()
)
"""Before these, two capitalised words in no list are likelier a name."""

DOES = frozenset(
    """
    hat hatte kann will möchte wird darf soll braucht bekommt bekam kommt kam hilft half wartet heißt mag ruft geht ging
    steht has had can will would needs came did does likes got left
    """.split()
)
"""What people do, and things too."""

SPEAKS = frozenset(
    """
    sagt sagte meint meinte weiß wohnt rief schrieb schreibt versprach unterschrieb nahm fragt fragte erzählte behauptet
    wants wanted said says told knows lives called rang wrote promised signed took asked ordered gave sent thinks
    thought answered picked helped waited paid
    """.split()
)
"""What only people do: after a rare name and no article it is a person's."""

NEVER = frozenset(
    """
    team support service zusammen alle allerseits leute freunde damen herren jungs mädels gemeinde community bot chatbot
    roboter guys folks all there everyone mate mates people sir madam again bye goodbye kundenservice kundendienst
    doktor
    doctor professor direktor präsident minister nachbarin nachbar kollege kollegin chefin chef kunde kundin und
    oder am im
    an in ist hat the is has was war aus from i ich we wir you sie he she er es who wer what was ja nein yes no
    nicht not
    bestellung rechnung vertrag order invoice contract
    """.split()
)
"""Not a name even after "Herr" or "Frau"."""

VERBS = frozenset("can will may mark beat hunt sing said".split())
"""Names too, but in small letters never."""

THINGS = frozenset(
    """
    modell modells schriftart font sofa regal schrank kommode sessel lampe stuhl tisch bett marke serie kollektion
    sturm sturmtief orkan lied song roman film model storm hurricane typeface brand series collection album
    shoes shoe trainers boots dress sideboard armchair wardrobe bookcase lamp chair desk schuhe schuh stiefel kleid
    sandalen sandals
    """.split()
)
"""What bears a name of its own: a name right after one of these is no person's."""

_FIRMS = """
john lewis|hugo boss|calvin klein|tommy hilfiger|ralph lauren|ted baker|paul smith|fred perry|jack wolfskin
karl lagerfeld|harvey nichols|peter hahn|peter kaiser|tom tailor|jack & jones|michael kors|marc jacobs|jimmy choo
paul hewitt|daniel wellington|christian dior|louis vuitton|vivienne westwood|jack daniels|johnnie walker|jim beam
captain morgan|philip morris|laura ashley|charles tyrwhitt|russell hobbs|fisher price|george foreman|aston martin
alfa romeo|harley davidson|mercedes benz|rolls royce|max planck|max mara|max factor|stella mccartney|morgan stanley
fortnum & mason|johnson controls|goldman sachs|charles schwab|wells fargo|merrill lynch|frank walder|dr. oetker
thomas philipps|ernsting's family|robert bosch|villeroy & boch|hans grohe|weber grill|marks and spencer|marks & spencer
ben & jerry's|ernst & young|johnson & johnson|procter & gamble|barnes & noble|abercrombie & fitch|peek & cloppenburg
santa claus|sankt martin|mickey mouse|harry potter|sherlock holmes|james bond|frau holle
"""
FIRMS: dict[str, list[str]] = {}
"""Firms, brands and figures that everybody knows, called like people; by their last word."""
for _firm in _FIRMS.strip().replace("\n", "|").split("|"):
    FIRMS.setdefault(_firm.rsplit(" ", 1)[-1], []).append(_firm)
_ALL_FIRMS = tuple(firm for firms in FIRMS.values() for firm in firms)
_WORDS_OF_FIRMS = frozenset(word for firm in _ALL_FIRMS for word in firm.split())
_LONGEST_FIRM = max(map(len, _ALL_FIRMS))


def is_firm(text: str, start: int, end: int) -> bool:
    """Whether the word at `start` to `end` is the beginning or the end of a firm's name in `text`."""
    if text[start:end].lower() not in _WORDS_OF_FIRMS:
        return False
    first, last = text[start : start + _LONGEST_FIRM].lower(), text[max(0, end - _LONGEST_FIRM) : end].lower()
    return first.startswith(_ALL_FIRMS) or last.endswith(_ALL_FIRMS)
