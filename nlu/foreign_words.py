"""Frequent words of languages that Zuruf does not speak, so that a message in one of them is known for what it is.

Function words first, then what people write to a shop. Lower case, as written. A word that German or English has too
counts for little (nlu/language.py). Written by hand for this project.

`FAMILIES` puts languages that sound alike together: one letter model for each (nlu/letter_model.py).
"""

# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

FAMILIES = {
    "Dutch": ("Dutch",),
    "Nordic": ("Danish", "Swedish", "Norwegian"),
    "Romance": ("French", "Spanish", "Italian", "Portuguese", "Romanian", "Latin"),
    "Slavic": ("Polish", "Czech", "Slovak", "Croatian", "Serbian", "Slovenian"),
    "elsewhere": ("Turkish", "Hungarian", "Finnish", "Albanian", "Lithuanian", "Indonesian", "Tagalog", "Somali"),
}
FOREIGN: dict[str, frozenset[str]] = {
    "French": frozenset(
        """
            a abonnement acheter adresse ai aimerais an as au aujourd'hui aussi aux avec avez avoir avons
            beaucoup bien bonjour bonne bonsoir box c'est car carte cassé ce ces cette changer chez colis
            combien commande comment couleur coûte dans de demain depuis des deux dois doit dont du durée
            elle elles en encore envoyer erreur es est est-ce et facture faire fait fois heure hier il ils
            j'ai jamais je jour l'avez l'écran la le les leur livraison livré lui ma magasin mais mal marche
            matin me merci mes moins mois mon mot n'est ne noir nos notre nous nouveau nouvelle nul on ont
            ou oublié où panne par parler pas passe payer peut peux plaît plus pour pourquoi pouvez prix
            problème prélevé qu'il quand que quel quelle quelqu'un qui quoi recu remboursement remboursez
            reçu rien résilier s'il sa salut sans se semaine ses sommes son sont sous suis sur svp ta te tes
            ton toujours tous tout toute trop très tu un une veux vos votre voudrai voudrais vous vraiment y
            à écran était été êtes être
        """.split()
    ),
    "Spanish": frozenset(
        """
            a ahora al así aunque ayer ayuda año años bien buenas buenos cada cambiar cancelar cobrado color
            como comprar con contraseña contrato cuando cuándo cuánto cómo de del desde después devuélvanme
            dinero dirección donde dos durante día días dónde el ella en entre enviar era es esa ese eso
            esta este esto estoy está están factura favor fue funciona gracias gran ha hablar había hace han
            hasta hay he hola hora hoy internet la las le llega lo los mal mañana me mes mi mis mismo muchas
            mucho muy más nada necesito negro ni no nos nosotros nuevo nunca o olvidé otra otro otros pagar
            pantalla paquete para parte pedido pero persona por porque precio puede puedo que quien quiero
            qué recibido rota se semana ser si siempre sigue sin sobre son soy su sus sí sólo también tan
            tanto tardes tarjeta te tengo tiempo tienda tiene tienen todavía todo todos tres tu tú un una
            uno unos ustedes veces vergüenza vez vida y ya yo él
        """.split()
    ),
    "Italian": frozenset(
        """
            a abbiamo addebitato aiuto al anche ancora anno arriva avete buongiorno carta ce che chi ci ciao
            colore come comprare con consegna contratto cui da del della di dimenticato disdire domani dov'è
            dove due dura e era ero fattura favore fra fu funziona giorno già gli grazie ha hai hanno ho i
            ieri il in inviare io l'aiuto l'avete l'ordine la le lei lo loro lui ma mai mese mi mia miei
            mille mio molto negozio nel nero niente noi non nostro nuova nuovo o oggi operatore ora ordine
            pacco pagare parlare per perché più poco posso prego prezzo può quale quando quanta quanti
            quanto quello questa questo ricevuto rimborso rotto salve sbagliata schermo se sei sempre senza
            settimana si siamo siete sono stamattina stata stato su suo ti tra tu tuo tutti tutto un una uno
            va vergogna vi voglio voi volte vorrei vostro è
        """.split()
    ),
    "Turkish": frozenset(
        """
            aboneliğimi adres almak ama ay bana ben benim bir biz bize bizim bu bugün calismiyor da daha de
            degistirmek değil değiştirmek diye dün edilecek ekran en etmek evet faturam fiyat garanti geldi
            gelmedi geri gibi göndermek gün hafta hala hangi hayır hem henüz her hizmet hizmetler hizmetleri
            hiç iki ile insanla internet iptal ise istiyorum iyi için kadar kaldi kaldı kargo kargom kart
            kaç kere ki kim konuşmak kötü kırıldı lütfen mağaza merhaba mi modem mu musteri mü müşteri mı
            nasıl ne neden nerde nerede o olan olarak onlar paket paketim paramı renk rezalet saat sana
            satın selam sen senin sinyal siparis siparisim sipariş siparişim siz sonra su teslim teşekkürler
            unuttum var ve veya ya yanlış yardımınız yarın yeni yok yıl zaman çalışmıyor çekmişsiniz çok
            çünkü ödemek önce şey şifremi şu
        """.split()
    ),
    "Polish": frozenset(
        """
            ale bardzo bez brak być był była było będzie błąd cena chcę co cześć czy człowiekiem dla
            dlaczego do dobry dostawa dostałem dwa działa dzień dzisiaj dziękuję długa długo ekran fakturze
            gdy gdzie godzina hasła i ich ja jak jego jej jest jestem jeszcze jutro już karta kiedy kolor
            kto która które który kupić ma mam mamy masz mi miesiąc mnie mogę moja moje może można my mój na
            nad nadal nie nowa nowy o od on ona oni paczka paczkę pieniądze pieniędzy po pobraliście pod
            pomoc proszę przed przez przy pęknięty rana razy rok rozmawiać się skandal sklepie są ta tak
            także te tego tej ten też to ty tydzień tylko tym umowę w wczoraj wy wypowiedzieć wysłać z za
            zamówienia zamówienie zapomniałem zapłacić zwrot że
        """.split()
    ),
    "Dutch": frozenset(
        """
            aan aangekomen abonnement adres afgeschreven al als alsjeblieft alstublieft alvast batterij
            bedankt belachelijk bellen ben bent bestelling betaald betalen bij blijft daar dag dan dank dat
            de deuk deze die dit doen doet door doos dus echt een en er eruit factuur ga gaan gaat
            geannuleerd geen gekocht gekregen geleverd gestuurd gisteren goed graag groetjes haar had hallo
            heb hebben hebt heeft heel hem het hier hij hoe hulp hun iemand iets ik jaar je jij jouw jullie
            kan kapot keer klopt komen kopen koptelefoon krijgen kunnen kunt kwijt leeg ligt maand maar mag
            meer men met mij mijn moet moeten mogen morgen naar niet nieuw nieuwe nog nooit nu of om omdat
            onder ontvangen onze ook op opzeggen over pakket prijs raden rekening scherm snel snelle spreken
            steeds stel straat stuk sturen te tegen terug toch toen tot twee u uit uur van vandaag veel
            vergeten volgende voor vraag waar waarom wachten wachtwoord wanneer want waren wat week weken
            welke werd werken werkt wie wifi wij wijzigen wil worden wordt zal ze zeer zelf zich zij zijn zo
            zonder zou zwart
        """.split()
    ),
    "Portuguese": frozenset(
        """
            a ainda ajuda amanhã ano ao aos as até bom cancelar cartão chega cobraram com como comprar
            contrato cor da das de dele deles depois desde dia dinheiro do dos duas e ecrã ela elas ele eles
            em encomenda entre entrega enviar era errada esqueci essa essas esse esses este estou está eu
            falar fatura favor foi funciona hoje hora isso já lhe loja mais mas me mesmo meu minha muito mês
            na nas nem no nos nova novo num numa nunca não nós o obrigada obrigado olá onde ontem os ou
            pagar para partido pedido pela pelas pelo pessoa por porque posso preciso preço qual quando que
            quem quero recebi se sem semana senha ser seu seus sobre sua suas são só também te tem tenho ter
            tu um uma vezes você vocês volta à às é
        """.split()
    ),
    "Romanian": frozenset(
        """
            a acum ai ajunge ajutor al ale am anul aparatul are astăzi au avem azi banii bine buna bună ca
            card cardul care ce cine coletul comanda cu culoare cum cumpăra când cât că dar dată de din ea
            ecranul ei el era este eu factura fi foarte fost funcționează fără gresita greșită i-am ieri
            inapoi inca l-am la le livrarea lui luna m-am magazin mai mea merge meu mi-a mult multumesc
            mulțumesc mâine mă ne netul nici niciodată niciun noi nou nu o om ora parola pe pentru plăti pot
            preț primit prin renunț rog rău s-a sau se semnal spart sunt să săptămâna te toate tot trimite
            tu uitat un unde voi vorbesc vreau vă ziua îmi în înapoi încă îți și
        """.split()
    ),
    "Croatian": frozenset(
        """
            a ali bez bi bio boja bok cijena da dan danas do dobar dobio dostava ga gdje godina hvala i ili
            im ima imam interneta iz ja je jer joj još jučer kada kako kao kartica koja koje koji koliko
            kupiti li lozinku mi mjesec mogu moj moja molim na narudžba narudžbu nas ne nema nije nisam nova
            novac novi o od on ona oni paket platiti po pogrešan pomoći poslati radi raskinuti razgovarati
            račun ruter s sa sam samo sat se si smo ste stiže su sutra ti tjedan tko traje trgovina u ugovor
            vas već vi više vratite vrlo za zaboravio zašto čovjekom što želim
        """.split()
    ),
    "Danish": frozenset(
        """
            abonnement ad af aldrig alle alt anden at bedre beløbet bestilling betale blev blive bliver da
            dag de dem den denne der deres det dette dig din disse dit dog du dårligt efter eller en end
            endnu er et faktura farven fejl for fordi forkert fra før gange gerne ham han hans har havde
            have hej hende hendes her hjælp hjælpen hos hun hvad hvem hvis hvor hvordan hvorfor hvornår i
            ikke ind ingen jeg jer jeres jo kan kun kunne købe købt levere levering man mange mangler med
            meget men mere mig min mine mit mod modtaget må måned ned noget nogle nu ny nyt når og også om
            op ordre os over pakke pakken penge pengene på regning selv sende sendt sig simpelthen sin sine
            sit skal skulle skærmen som stadig stykker svar sådan tak thi til tilbage time ud uden uge under
            var venligst vi vil ville virke virker vor vores være været år
        """.split()
    ),
    "Swedish": frozenset(
        """
            abonnemang aldrig alla allt att av bara beställning betala blev bli blir blivit dag de dem den
            denna deras dess dessa det detta dig din ditt dragit du där då dåligt efter ej eller en er ert
            ett faktura fakturan fel fortfarande från fungerar färg fått för före glömt gärna gånger ha hade
            han hans har hej helt henne hennes hjälp hjälpen hon honom hos hur här i icke ingen inom inte
            jag ju kan kunde köpa leverans leveransen ligger lösenordet man med mellan men mer mig min mina
            mitt mot mycket människa månad måste nere ni nu ny nytt när någon något några och också om order
            oss paket paketet pengar pengarna prata på ringa samma sedan sig sin sina själv ska skicka
            skulle skärmen snälla som svar svart säga så sådan tack till tillbaka timme trasig under upp ut
            utan vad var vara varför varit vecka vem vi vid vilken vill ville vår våra än ännu är år åt över
        """.split()
    ),
    "Norwegian": frozenset(
        """
            abonnementet aldri alle at av bare begge beløpet bestilling bestillingen betale ble blei bli
            blir blitt både da dag de deg dem den denne der dere deres det dette din disse ditt du eller en
            enn ennå er et ett etter faktura fakturaen farge feil for fordi fortsatt fra fått før ganger
            gjerne glemt ha hadde han hans har hei her hjelp hjelpen hos hun hva hvem hver hvilke hvilken
            hvis hvor hvordan hvorfor i igjen ikke ingen inn inni ja jeg kan kjøpe kom kun kunne lenger
            levering leveringen man mange med meg meget mellom men menneske mer min mine mitt mot mye må
            måned ned nede nettet noe noen ny nå når og også om opp ordre oss over pakke pakken passordet
            pengene penger på regning samme seg selv sende si siden sier sin sine sitt sjøl skal skjermen
            skulle slik snakke som stemmer svar så sånn takk til tilbake time trukket uke ut uten var ved
            vennligst vi vil ville virker vors vår våre være vært å år ødelagt
        """.split()
    ),
    "Czech": frozenset(
        """
            a ahoj ale až balík barva bez bude by byl byla bylo být cena chci chyba co den dlouhá dnes do
            dobrý děkuji faktura faktuře heslo ho hodina i jak jako je jen ještě jim jsem jsi jsou jste já
            jí k karta kde kdo kdy když koupit která které který mi mluvit mohu moje moji my má mám máte mě
            měsíc můj můžete můžu na ne nebo nefunguje nejde nemám není než nikdy nová nový nás o obchod
            objednávka objednávku od on ona oni peníze po pomoc poslat pro prosím protože proč rok rozbitý s
            se si smlouvu ta tak ten ti to ty týden tě u už v velmi vraťte vy vás více včera z za zaplatit
            zapomněl zpět zrušit zásilka zásilku zítra člověkem že
        """.split()
    ),
    "Slovak": frozenset(
        """
            a ahoj ako ale alebo balík bez bol bola bude chcem deň dnes do dobrý ešte faktúra heslo ja je
            kde kedy kto moja moje my mám máte môj môžem na nedostal nefunguje nejde nie nikdy objednávka
            objednávku od on ona peniaze po pomoc pre pretože prečo prosím rána s si som sú ty už veľmi viac
            vy zabudol zmluvu zrušiť zásielka čo ďakujem že
        """.split()
    ),
    "Hungarian": frozenset(
        """
            a az be beszélni bolt csak csomag csomagom de egy el elfelejtettem emberrel ez fel fizetni hibás
            hogy hogyan hol holnap hét hónap ide internet is itt jelszavam jó kaptam kell ki kártya
            kártyámat kérek kérem köszönöm küldeni le lehet ma meddig meg mennyi mert mi mikor mint mit
            miért már még működik nagyon nap napot neked nekem nem nincs oda ott pénzem rendelés rendelésem
            rendelésemet rossz segítség segítséget soha szeretnék szeretném szerződést szia számla szín tart
            te tegnap ti több vagy van venni vissza volt ár én érkezik és év óra új ő ők
        """.split()
    ),
    "Finnish": frozenset(
        """
            apua avusta ei eilen eivät en että haluan he hei hinta huomenna hyvin hyvä hän ihmisen ja jo
            joka kanssa kauppa kiitoksia kiitos kortti koska koskaan kuin kuinka kuka kun kuukausi lasku
            laskussa lisää lähettää maksaa me miksi mikä milloin minun minä missä miten moi mutta myös netti
            niin nyt nämä näyttö ole olemme olen oli olla on ostaa ovat paketin paketti pakettini pitkä
            pitää puhua päivä rahat rikki saanut saapuu salasana salasanani se sinun sinä sopimuksen sopimus
            tai takaisin takuu te tilaukseni tilaus tilaustani toimi toimii tunti tuo tämä tänään unohdin
            uusi vain vielä viikko voiko voin voinko vuosi väri väärin väärä
        """.split()
    ),
    "Albanian": frozenset(
        """
            ai ajo akoma anuloj ata dhe dje dua ende faleminderit fatura flas im ime interneti internetin
            ishte jam janë jo ju ka kam kemi kontratën ku kur kurrë kush lutem marrë me mirëdita mund më
            ndihmë ndihmën ne nga një nuk në ose pa pakoja pakon paratë person por porosi porosia porosinë
            pse punon për përshëndetje që sepse shumë si sot te ti tungjatjeta unë çfarë është
        """.split()
    ),
    "Serbian": frozenset(
        """
            ali bez da dan danas do dobar dobio gde hvala i ili ima imam ja je jer jos još jutros kada kako
            ko mi mogu moj moja molim na ne nije nisam novac od on ona oni paket pare pomoci pomoći
            porudzbina porudzbinu porudžbina pošiljka racun radi raskinem račun sa sam sta su ti u ugovor
            vam vi vratite vrlo za zasto zašto zdravo zelim šta želim
        """.split()
    ),
    "Slovenian": frozenset(
        """
            ali ampak bi bil bila brez da dan danes dela denar do dober dobil geslo hvala ima imam in jaz je
            kaj kako kdaj kdo ker kje lahko mi moj moja moje na naročila naročilo ne ni nisem od odpovedal
            on ona oni paket pogodbo pomoč pošiljka prosim rad račun sem si so ti v več vi z za zakaj zelo
            še želim živjo
        """.split()
    ),
    "Lithuanian": frozenset(
        """
            arba ačiū aš be bet buvo dar diena galiu gavau internetas ir iš jau ji jie jis jūs kad kada kaip
            kas kodėl kur laba labai labas mano mes ne negavau nes neveikia niekada noriu nutraukti pagalba
            pagalbą pinigai pinigus prašau siunta siuntą slaptažodis su sutartį sąskaita tu turiu už
            užsakymas užsakymo vakar veikia yra į šiandien
        """.split()
    ),
    "Indonesian": frozenset(
        """
            ada aku anda apa atas atau bagaimana bantuan bantuannya barang batal batalkan belum bicara bisa
            dan dari dengan di dia halo hari ingin ini internetnya itu kami kamu kapan karena kasih kata ke
            kembali kenapa kirim kirimkan kontrak lupa mana mati mau mereka orang paket pesanan rusak sampai
            sandi sangat saya sekali siapa sudah tagihan tapi terima tidak tolong uang untuk yang
        """.split()
    ),
    "Tagalog": frozenset(
        """
            ako ang ano ay ayaw ba bakit bayad dumarating dumating gumana gusto hindi ikaw kailan kami
            kanselahin ko kong kumusta lang may mga mo na naman nasaan ng opo pa paano pera po pwede sa
            salamat sila sino sira siya tulong wala yung
        """.split()
    ),
    "Somali": frozenset(
        """
            aan aaway ah ama baakadayda baakadda fadlan goorma haa internetku iyo ka ku la laakiin lacag ma
            mahadsanid maxaa maya oo rabaa shaqeynaya shaqeynayo sidee u waa waan waxaan waxay weli xaggee
        """.split()
    ),
    "Vietnamese": frozenset(
        """
            bạn chào chưa có cảm của giao gói hoặc hàng hóa hợp khi không là mạng nhưng nào sao tiền tôi và
            vì xin đâu đã đơn được đồng ơn ở
        """.split()
    ),
    "Latin": frozenset(
        """
            cur ego est et hic ille mea meus non quando quid quod sed sum sunt tu ubi
        """.split()
    ),
}
