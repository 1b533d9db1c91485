"""Given names that are common where the brand's customers live, folded to lower case.

Left out are names that are everyday words in German or English (Will, Mark, May, Rose, Ernst, ...): they count
as names only after a cue. Written by hand for this project.
"""

# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

GIVEN_NAMES = frozenset(
    """
        achim adam adrian agnes ahmed ahmet aisha alan alberto albert aldo aleksandra alessia alessandro alex
        alexander alexandra alexandros alfred ali alice alicia alina aline alois amanda amelie amelia amina
        amir amit amy ana anastasia anders andrea andreas andrej andrew andrzej andy angela angelika angelo
        anita anja anke anna annabelle anne annegret anneliese annemarie annette annika anthony antje
        antoinette anton antonia antonio anushka arjun armin arne arnold arthur artur asha astrid aurora axel
        ayse ayşe aylin barbara bastian beate beatrice beatrix belinda benedikt benjamin bernadette bernd
        bernhard bettina betty bianca birgit birgül birte bjoern björn bogdan boris brian brigitte britta
        bruno burak burkhard caitlin callum carina carl carla carlos carmen carola carolin caroline carsten
        caspar catherine cathy cecilia celine cem chantal charles charlie charlotte chloe chloë chris christa
        christel christian christiane christin christina christine christoph christopher ciara claire clara
        claudia claus clemens colin conny constantin cordula corinna cornelia craig cynthia dagmar damian dana
        daniel daniela danny darius darren dave david deborah dennis deniz denise derek detlef diana diane
        dieter dietmar dilara dimitri dirk dmitri dominic dominik donald donna dora doris dorothea dorothee
        duncan dylan eberhard eckhard edeltraud edith eduard edward edwin egon eileen ekaterina elena eleni
        eleonore elfriede elif elisa elisabeth elise elizabeth elke ella ellen elmar elsa elvira emil emilia
        emilie emily emma emre enrico erhard eric erica erich erik erika erwin esra esther eugen eva evelyn
        ewald fabian fabienne fatima fatma felicitas felix ferdinand fernando fiona fiona florian frances
        francesca francesco francis franziska fredrik frederik friedhelm friedrich frieda fritz gabi gabriel
        gabriela gabriele gareth gary geoff georg george georgina gerald gerd gerda gerhard gerlinde gertrud
        giovanni gisela giuseppe gordon graham greta gregor gudrun guenter guido gunther günter günther gustav
        hakan hamza hanna hannah hannelore hannes hans harald harriet harry hartmut hasan hassan hatice hazel
        heather heidi heike heiko heiner heinrich heinz helen helena helene helga helmut hendrik henning
        henrik henry herbert hermann hermine hilde hildegard holger horst hubert hugo huseyin hüseyin ian
        ibrahim ida ines inga inge ingeborg ingo ingrid irene irina iris irmgard isaac isabel isabella
        isabelle ismail ivan ivana jack jackie jacob jacqueline jakob jamal james jamie jan jana jane janet
        janina janine janis janosch jasmin jason javier jean jeff jennifer jens jenny jeremy jessica jill jim
        joachim joanna joanne jochen johann johanna johannes john johnny jonas jonathan jordan jörg joerg jörn
        jose josef josefine joseph joshua joyce juan judith julia julian juliane julie julien juliet jürgen
        juergen jutta kai karen karim karin karina karl karla karolina karsten karsten kateryna katharina
        kathleen kathrin kathy katie katja katrin kay keith kelly ken kenneth kerstin kevin khalid kieran kim
        kirsten kirsty klara klaus konrad konstantin kristian kristin kristina kumar kurt lakshmi lara larissa
        larry lars laura lauren laurence lea leah lena lennart leo leon leona leonard leonie leonore leopold
        leslie levin liam liane lidia lieselotte lilli lilly lina linda lisa lisbeth liselotte lothar louis
        louisa louise luca lucas lucia lucy ludwig luigi luis luisa lukas luke lutz lydia lynn maciej
        madeleine magda magdalena maik maike maja malcolm malte mandy manfred manuel manuela marc marcel
        marcin marco marcus mareike margaret margarete margit margot margret maria mariana marianne marie
        marina mario marion marius markus marlene marlies marta martha martin martina marvin mary mathias
        mathilda matteo matthew matthias maureen maurice max maximilian maya mehmet meike melanie melissa
        merle mia michael michaela michel michelle miguel mike milan milena mira miriam mirjam mohamed
        mohammed mona monika monique moritz mohammad muhammad murat mustafa nadia nadine nadja nancy naomi
        natalia natalie nathan neha neil nele nelly nicholas nicola nicolas nicole niklas nikola nikolas nils
        nina noah nora norbert norma oksana olaf oleg olga oliver olivia omar oskar oscar otto özlem pamela
        paolo pascal patricia patricio patrick patrik paul paula paulina pauline pavel pedro penelope petar
        peter petra philip philipp phillip phoebe pia pierre piotr priya rachel rafael raffael rahul raimund
        rainer ralf ralph ramona raphael raphaela rashid rebecca regina regine reiner reinhard reinhold renate
        rené rene rhys ricardo richard rita robert roberto robin roger roland rolf roman ronald ronny rosa
        rosemarie rosemary rosi rosie roswitha roy ruben rudi rudolf rupert ruth ryan sabine sabrina saeed
        sally salvatore samantha samir samira samuel sandra sandy sanjay sara sarah sascha sean sebastian
        selina selma serena sergej sergio seyma shaun sharon sheila shirley siegfried sigrid silke silvia
        simon simone sinead sofia sofie sonia sonja sophia sophie stefan stefanie steffen steffi stella
        stephan stephanie stephen steve steven stewart stuart sue susan susanna susanne suresh suzanne svea
        sven svenja svetlana sybille sylvia tamara tanja tanya tatiana tatjana terence teresa theo theodor
        theresa therese thomas thorben thorsten tilman tim timo tina tobias toby tom tommy toni torben torsten
        tracy trevor ulf uli ulrich ulrike ursula urs uta ute uwe valentin valentina valerie vanessa vera
        verena veronika vicky victor victoria viktor viktoria vincent viola violetta vivian vladimir volker
        volkmar waltraud walter wanda wendy werner wiebke wilfried wilhelm willi william wilma winfried
        wojciech wolfgang wolfram xaver yasemin yasmin yusuf yvonne zainab zeynep zoe zofia
    """.split()
)
