# De woorden van het verslag. De ids zijn in alle talen dezelfde; bij een getal staat zijn interval.
# Waarden: $mean, $low, $high en dergelijke komen opgemaakt; aantallen komen als getal, voor hun meervoud.

## Wie antwoordde, volgens $audience, dat elk bericht kent
people = { $audience ->
    [parents] ouders
    [staff] collega’s
   *[pupils] leerlingen
 }
of-people = { $audience ->
    [parents] van ouders
    [staff] van collega’s
   *[pupils] van leerlingen
 }
People = { $audience ->
    [parents] Ouders
    [staff] Collega’s
   *[pupils] Leerlingen
 }
person = { $audience ->
    [parents] ouder
    [staff] collega
   *[pupils] leerling
 }

## Overal
brand = Erbij
made-up = Verzonnen cijfers, alleen om te oefenen
report-lead = { $audience ->
    [parents] Wat ouders zeggen over het erbij horen van hun kind en hun gezin, voor iedereen die op school werkt.
    [staff] Wat het team ziet van het erbij horen van leerlingen, en zegt over zichzelf, voor iedereen die op school werkt.
   *[pupils] Wat leerlingen zeggen over erbij horen, voor iedereen die op school werkt.
 }
contents = In dit verslag
table-show = Toon als tabel
how-sure = Hoe zeker is dit?
not-told = Wat dit niet vertelt
not-shown = niet getoond, om { people } te beschermen
everyone-line = iedereen samen { $mean }
column-group = Groep
column-mean = Gemiddelde
column-interval = Interval
column-below = Onder de lijn
column-pupils = { People }
column-question = Waarover
column-count = Aantal
column-what = Wat
interval = { $low } tot { $high }
percent = { $share } %
percent-at-most = hoogstens { $share } %
percent-at-least = minstens { $share } %
points = { $gap ->
    [1] 1 punt
   *[other] { $gap } punten
 }
under-one-point = minder dan 1 punt

## Grafieken
chart-subtitle = Gemiddelde verbondenheid van 0 tot 100, met het gebied waarin het echte gemiddelde waarschijnlijk ligt
chart-subtitle-scales = Gemiddelde van 0 tot 100, met het gebied waarin het echte gemiddelde waarschijnlijk ligt
chart-note = Punt: gemiddelde. Band: 95 %-interval. Ruit: lager dan iedereen samen, meer dan toeval.
chart-note-scales = Punt: gemiddelde. Band: 95 %-interval.
chart-alt = { $title }: { $rows }.
chart-alt-many = { $title }: { $count } regels, van { $low } tot { $high }. Alle getallen staan in de tabel bij deze grafiek.
chart-alt-row = { $label } { $mean }, waarschijnlijk { $low } tot { $high }
chart-alt-withheld = { $label } niet getoond
chart-alt-change = { $then }, nu { $now }
column-share = Aandeel

## 1 Wie heeft geantwoord
answered = Wie heeft geantwoord?
answered-lead = { $n } van de { $asked } { people } aan wie het gevraagd is, gaven genoeg antwoorden om mee te tellen: { $response } %.
answered-missing = Van de vragen over erbij horen bleef { $share } % open (waarschijnlijk { $low } tot { $high } %).
answered-straight = { $share } % gaf op elke vraag hetzelfde antwoord (waarschijnlijk { $low } tot { $high } %). Die antwoorden tellen mee: we weten niet waarom ze zo gegeven zijn.
answered-straight-at-most = Hoogstens { $share } % gaf op elke vraag hetzelfde antwoord. Die antwoorden tellen mee: we weten niet waarom ze zo gegeven zijn.
answered-straight-at-least = Minstens { $share } % gaf op elke vraag hetzelfde antwoord. Die antwoorden tellen mee: we weten niet waarom ze zo gegeven zijn.
answered-trust = { $label }: { $mean } op een schaal van 0 tot 100 (waarschijnlijk { $low } tot { $high }).
answered-hidden = Hoeveel { people } antwoordden, tonen we niet, om { people } te beschermen.
answered-groups = Wie zit er in deze cijfers
answered-excluded = Wat telde niet mee, en waarom
answered-not-told = We weten niet wat de { people } die niet antwoordden, gezegd zouden hebben.
excluded-too-few-answers = { People } met te weinig antwoorden voor “{ $where }”
excluded-missing-code = Antwoorden die in “{ $where }” als ontbrekend gemerkt zijn
excluded-no-unit = { People } van wie de { $where } niet bekend is
excluded-no-group = { People } zonder antwoord op “{ $where }”
excluded-no-discrimination-answer = { People } zonder antwoord over “{ $where }”
excluded-no-outcome = { People } zonder gegeven over “{ $where }”
excluded-no-weight = { People } zonder gewicht
excluded-item-not-in-file = Vraag “{ $where }” staat niet in het bestand
excluded-undecodable = Vragenlijsten die beschadigd aankwamen en niet te lezen waren
excluded-none = Niets wat { $threshold } of meer { people } raakte.
unit-school = school
unit-grade = leerjaar
unit-class = klas

## 2 Hoeveel leerlingen horen erbij
level = { $audience ->
    [parents] Horen gezinnen erbij?
    [staff] Horen leerlingen erbij, zoals het team het ziet?
   *[pupils] Hoeveel leerlingen horen erbij?
 }
level-lead = { $audience ->
    [parents] Op een schaal van 0 tot 100 scoren ouders gemiddeld { $mean } voor het erbij horen van hun kind en hun gezin (waarschijnlijk { $low } tot { $high }).
    [staff] Op een schaal van 0 tot 100 schatten collega’s het erbij horen van leerlingen gemiddeld op { $mean } (waarschijnlijk { $low } tot { $high }).
   *[pupils] Op een schaal van 0 tot 100 scoren leerlingen gemiddeld { $mean } voor erbij horen (waarschijnlijk { $low } tot { $high }).
 }
level-below = { $share } % scoort onder { $line } (waarschijnlijk { $low } tot { $high } %). Daar weegt “eerder niet” zwaarder dan “eerder wel”.
level-below-at-most = Hoogstens { $share } % scoort onder { $line }. Preciezer zeggen we het niet, om { people } te beschermen.
level-below-at-least = Minstens { $share } % scoort onder { $line }. Preciezer zeggen we het niet, om { people } te beschermen.
level-hidden = { $audience ->
    [parents] Of gezinnen erbij horen, tonen we niet, om ouders te beschermen.
    [staff] Wat het team ziet, tonen we niet, om collega’s te beschermen.
   *[pupils] Hoeveel leerlingen erbij horen, tonen we niet, om leerlingen te beschermen.
 }
level-figure = Erbij horen, in zijn delen
level-figure-whole = Erbij horen als geheel
level-own = Erbij horen { of-people } zelf
level-band = { $low } tot { $high }
level-distribution = Hoe zijn { people } over de schaal verdeeld?
level-distribution-subtitle = Op 100 { people }, per deel van de schaal
level-distribution-note = Kolom: hoeveel er in dat deel scoren; het streepje erin: het gebied waarin het echte aandeel waarschijnlijk ligt. Stippellijn: { $line }. Delen met weinig { people } nemen we samen.
level-below-figure = Hoeveel zitten er onder { $line }?
level-below-subtitle = Op 100 { people }
level-below-note = Vol: waarschijnlijk minstens zoveel. Licht: misschien. Streep: het aandeel. Zonder streep vertellen we alleen een grens.
level-units = Per { $level }, op alfabet
level-units-many = De cijfers van de { $count } eenheden ({ $level }) staan in cells.csv, naast dit verslag.
level-not-told = { $audience ->
    [parents] De lijn van { $line } is een afspraak, geen natuurlijke grens. Wie er net boven zit, hoort er niet vanzelf bij, en wie er net onder zit, is geen probleemgeval.
    [staff] De lijn van { $line } is een afspraak, geen natuurlijke grens.
   *[pupils] De lijn van { $line } is een afspraak, geen natuurlijke grens. Wie er net boven zit, hoort er niet vanzelf bij, en wie er net onder zit, is geen probleemgeval.
 }
level-sure = Het echte gemiddelde { of-people } zoals deze ligt waarschijnlijk tussen { $low } en { $high }.
everyone-row = Iedereen samen

facet-acceptance = Aanvaard worden
facet-appreciation = Gewaardeerd worden
facet-inclusion = Meedoen
facet-support = Steun krijgen
facet-autonomy = Inspraak en respect
facet-individual = Gezien worden als jezelf
facet-participation = Deel zijn van het schoolleven
facet-identity = Mogen tonen wie je bent
source-teachers = Bij leerkrachten
source-peers = Bij medeleerlingen
source-school = In de regels en gewoontes van de school
context-class = In de klas
context-playground = Op de speelplaats
context-school = In de hele school
context-activities = Bij activiteiten
context-home = Tussen school en thuis
part-facet = Waaruit het bestaat
part-source = Door wie
part-context = Waar

## 3 Wie hoort er minder bij
groups = Wie hoort er minder bij?
groups-lead-some = Bij deze groepen past de school nu minder dan bij iedereen samen:
groups-answer = School past nu minder voor { $groups } dan voor iedereen samen.
groups-named = “{ $breakdown }: { $group }”
groups-lead-none = Geen van de getoonde groepen verschilt zo sterk van iedereen samen dat toeval uitgesloten is.
groups-lead-hidden = De groepen tonen we niet, om { people } te beschermen.
groups-absent = { $audience ->
    [parents] Aan ouders is niets gevraagd dat hen in groepen verdeelt.
    [staff] Aan collega’s is niets over henzelf gevraagd: in een klein team zou dat mensen terugvinden.
   *[pupils] In dit bestand staan leerlingen niet in groepen verdeeld.
 }
groups-gap = { $breakdown } · { $group }: { $points } lager dan iedereen samen (waarschijnlijk { $low } tot { $high }).
groups-reference = Vergeleken met “{ $group }”, zoals in dit onderzoek gekozen
groups-difference = { $group }: { $points } { $direction ->
    [lower] lager
   *[higher] hoger
 } dan “{ $reference }” (waarschijnlijk { $low } tot { $high }).
groups-difference-unsure = { $group }: het verschil met “{ $reference }” kan toeval zijn.
groups-sure = We vergelijken elke groep met iedereen samen, niet met één groep als norm. Bij { $count } vergelijkingen springt er ongeveer één op de twintig uit door toeval alleen.
groups-not-told = Een verschil tussen groepen zegt niets over één { person } en niet waarom het er is. Verschillen tussen groepen wijzen op het systeem: op wat een school mogelijk maakt, niet op wat een { person } mist.

## 4 Behandeling
treatment = Wat heeft behandeling ermee te maken?
treatment-figure = Afkomst of behandeling?
treatment-figure-majority = Dezelfde vraag binnen de meerderheid
treatment-majority = Meerderheid
treatment-minority = Minderheid
treatment-little = weinig { $measure }
treatment-much = veel { $measure }
treatment-lead-minority = Leerlingen uit de minderheid die veel { $measure } meemaken, scoren { $points } { $direction ->
    [lower] lager
   *[higher] hoger
 } dan leerlingen uit de minderheid die er weinig meemaken (waarschijnlijk { $low } tot { $high }).
treatment-lead-majority = Leerlingen uit de meerderheid die er veel meemaken, scoren { $points } { $direction ->
    [lower] lager
   *[higher] hoger
 } dan wie er weinig meemaakt (waarschijnlijk { $low } tot { $high }).
treatment-lead-origin = Onder leerlingen die er weinig meemaken, scoort de minderheid { $points } { $direction ->
    [lower] lager
   *[higher] hoger
 } dan de meerderheid (waarschijnlijk { $low } tot { $high }).
treatment-lead-origin-unsure = Onder leerlingen die er weinig meemaken, kan het verschil tussen minderheid en meerderheid toeval zijn.
treatment-lead-unsure = Of leerlingen die veel { $measure } meemaken, verschillen van leerlingen die er weinig meemaken, valt uit deze antwoorden niet op te maken.
treatment-lead-more = Erbij horen hangt dus meer samen met behandeling dan met afkomst.
treatment-hidden = Dit beeld tonen we niet, om leerlingen te beschermen.
treatment-hidden-answer = Afkomst valt hier niet van behandeling te onderscheiden: dat beeld is niet getoond, om leerlingen te beschermen.
treatment-absent = Aan deze leerlingen is niet gevraagd hoe ze behandeld worden, of het onderzoek zegt niet wie tot de meerderheid hoort. Dit verslag kan afkomst en behandeling dus niet uit elkaar houden.
treatment-sure = “Weinig” is een score van hoogstens { $line } op “{ $measure }”; daarboven is het “veel”. Een andere lijn geeft andere cijfers.
treatment-not-told = Dit bewijst niet dat { $measure } de oorzaak is. Wie er niet bij hoort, merkt er misschien ook meer van. Het is een reden om te kijken, en om het leerlingen te vragen.

## Cijfers die geen score zijn, in grafieken
column-difference = Verschil
no-difference = geen verschil
chart-subtitle-shares = Deel { of-people }, met het gebied waarin het echte deel waarschijnlijk ligt
chart-subtitle-differences = Verschil in punten erbij horen, op een schaal van 0 tot 100
chart-note-shares = Punt: deel. Band: 95 %-interval.
chart-note-differences = Punt: verschil. Band: 95 %-interval. Raakt de band de streep, dan kan het toeval zijn.

## Discriminatie: van wie, waarom, en wat als ze voor iedereen gelijk was
discrimination = Wie wordt oneerlijk behandeld, en door wie?
discrimination-measure = oneerlijke behandeling
discrimination-met = { $share } % wordt soms of vaker slechter behandeld door { $source ->
    [teachers] leerkrachten of andere volwassenen op school
    [peers] andere leerlingen
   *[school] de regels van de school
 } (waarschijnlijk { $low } tot { $high } %).
discrimination-met-at-most = Hoogstens { $share } % wordt soms of vaker slechter behandeld door { $source ->
    [teachers] leerkrachten of andere volwassenen op school
    [peers] andere leerlingen
   *[school] de regels van de school
 }.
discrimination-met-at-least = Minstens { $share } % wordt soms of vaker slechter behandeld door { $source ->
    [teachers] leerkrachten of andere volwassenen op school
    [peers] andere leerlingen
   *[school] de regels van de school
 }.
discrimination-lead = Niet iedereen maakt even veel { $measure } mee. Dit is wat leerlingen er zelf over zeggen.
discrimination-hidden = Wie { $measure } meemaakt, tonen we niet, om leerlingen te beschermen.
discrimination-exposed = Van de minderheid maakt { $share } % veel { $measure } mee (waarschijnlijk { $low } tot { $high } %), van de meerderheid { $share2 } % (waarschijnlijk { $low2 } tot { $high2 } %).
discrimination-exposed-alike = Die twee gebieden raken elkaar: of de minderheid er meer van meemaakt, valt zo niet te zeggen.
discrimination-origin = Leerlingen uit de minderheid scoren { $points } { $direction ->
    [lower] lager
   *[higher] hoger
 } voor erbij horen dan leerlingen uit de meerderheid (waarschijnlijk { $low } tot { $high }).
discrimination-origin-unsure = Of minderheid en meerderheid verschillen in erbij horen, valt uit deze antwoorden niet op te maken.
discrimination-equal = Stel dat beide even vaak veel { $measure } zouden meemaken. Dan zou de minderheid { $points } { $direction ->
    [lower] lager
   *[higher] hoger
 } scoren (waarschijnlijk { $low } tot { $high }).
discrimination-equal-unsure = Stel dat beide even vaak veel { $measure } zouden meemaken. Dan zou er geen verschil overblijven dat we van toeval kunnen onderscheiden: iets tussen { $low } en { $high } punten.
discrimination-due = Van het verschil gaat { $points } samen met ongelijke behandeling (waarschijnlijk { $low } tot { $high }).
discrimination-figure-sources = Soms of vaker slechter behandeld, door wie?
discrimination-figure-grounds = Waarom, denken leerlingen zelf?
discrimination-figure-equal = Minderheid vergeleken met meerderheid
discrimination-source-teachers = Leerkrachten en andere volwassenen
discrimination-source-peers = Andere leerlingen
discrimination-source-school = Regels van de school
discrimination-ground-language = Taal of hoe ik praat
discrimination-ground-origin = Afkomst of huidskleur
discrimination-ground-faith = Geloof of levensbeschouwing
discrimination-ground-gender = Gender
discrimination-ground-body = Lichaam of hoe ik eruitzie
discrimination-ground-disability = Beperking, ziekte of moeite met leren
discrimination-ground-money = Geld of kleren
discrimination-ground-orientation = Op wie ik verliefd word
discrimination-ground-other = Iets anders
discrimination-ground-unknown = Dat weet ik niet
discrimination-row-origin = Zoals het nu is
discrimination-row-origin-equal = Als beide even vaak veel { $measure } zouden meemaken
discrimination-sure = Zo is gerekend: het verschil bij wie weinig { $measure } meemaakt en dat bij wie er veel meemaakt, elk gewogen naar hoeveel leerlingen van de hele school dat zijn.
discrimination-no-proof = Dit is een berekening en geen bewijs van een oorzaak. Wat er echt zou veranderen als { $measure } verdwijnt, weten we niet.
discrimination-not-told = Leerlingen zeggen wat zij merken. Wie niets merkt, kan er toch door geraakt zijn. En wie het niet zegt, heeft daar misschien een reden voor.

## Combinaties van groepen
intersections = Welke combinaties van groepen horen er minder bij?
intersections-vpc = Van alle verschillen tussen { people } ligt ongeveer { $share }% tussen de { $count } combinaties van { $breakdowns } (waarschijnlijk { $low } tot { $high }%).
intersections-vpc-none = Misschien verschillen de { $count } combinaties van { $breakdowns } helemaal niet: tussen 0 en { $high }% van alle verschillen tussen { people } ligt daar.
intersections-usual = Een paar procent is gewoon. Het betekent niet dat de kloven klein zijn: ook binnen elke combinatie verschillen { people } veel.
intersections-pcv = Van wat deze combinaties verschillen, is ongeveer { $share }% de optelsom van hun groepen (waarschijnlijk { $low } tot { $high }%). Kloven die optellen zijn even echt.
intersections-pcv-unsure = Hoeveel daarvan gewoon de optelsom van de groepen is, valt niet goed te zeggen: alles tussen { $low } en { $high }% kan.
intersections-boundary = Boven op de optelsom vonden we geen verschil tussen combinaties. Dat bewijst niet dat er geen is.
intersections-stands-out = { $combination }: { $points } { $direction ->
    [lower] lager
   *[higher] hoger
} dan de optelsom van de groepen (waarschijnlijk { $low } tot { $high }).
intersections-none-stands-out = Van geen enkele combinatie kunnen we met genoeg zekerheid zeggen dat er meer of minder is dan de optelsom van de groepen.
intersections-hidden = Er zijn te weinig { people }, of te weinig combinaties die getoond mogen worden, om er iets over te zeggen. Neem daarvoor jaren of scholen samen.
intersections-figure = Verwacht erbij horen van elke combinatie
intersections-note = Punt: verwacht gemiddelde, met zijn 95%-interval. Streep: de optelsom van de groepen van de combinatie.
intersections-sure = Kleine combinaties zijn getrokken naar de optelsom van hun groepen, zodat toeval niet op een verschil lijkt. Alleen combinaties die getoond worden doen mee. Model: MAIHDA met REML en intervallen van 95%; met weinig combinaties kan een andere methode een ander aandeel geven.
intersections-ordered = Bij het optellen telt dit mee als één rechte lijn, van weinig naar veel: { $breakdowns }. Met losse groepen kan een ander deel uitkomen.
intersections-not-told = Dit zegt niet waarom combinaties verschillen. Het zegt niets over combinaties die niet getoond worden, en het is geen bewijs dat er in geen enkele iets bijzonders speelt.

## Waar verschillen liggen
systemic = Hoeveel is het systeem?
systemic-level = Van alle verschillen tussen { people } ligt ongeveer { $share }% tussen { $level ->
    [class] klassen
    [class-in-school] klassen van één school
   *[school] scholen
} (waarschijnlijk { $low } tot { $high }%).
systemic-level-none = Misschien verschillen { $level ->
    [class] klassen
    [class-in-school] klassen van één school
   *[school] scholen
} helemaal niet: tussen 0 en { $high }% van alle verschillen tussen { people } ligt daar.
systemic-hidden = Hoe de verschillen verdeeld zijn, wordt niet getoond, om { people } te beschermen.
systemic-groups = Van alle verschillen, tussen groepen
systemic-schools = Van alle verschillen binnen een school, tussen haar klassen (in alfabetische volgorde)
systemic-column-share = Aandeel
systemic-figure = Waar liggen de verschillen?
systemic-figure-subtitle = Alle verschillen tussen { people } samen zijn 100%
systemic-figure-note = De hele balk is alle verschillen. Wat overblijft, ligt tussen { people } die een klas of school delen.
systemic-part = { $level ->
    [class] Tussen klassen
    [class-in-school] Tussen klassen van één school
    [rest] Tussen { people }
   *[school] Tussen scholen
}
systemic-part-interval = waarschijnlijk { $low } tot { $high }%
systemic-sure = Aandelen van alle variatie tussen { people } in hun score. Een interval dat bij 0 begint, betekent dat er misschien geen enkel verschil is. Alleen klassen en scholen die getoond worden doen mee.
systemic-not-told = Wat overal hetzelfde is, zie je hier niet: ook waar klassen of scholen amper verschillen, heeft de school een deel in hoe { people } erbij horen. Een klein aandeel kan voor één groep toch een grote kloof zijn.

## Wat er veranderde
change = Wat is er veranderd?
change-mean = De verbondenheid ligt nu { $points } { $direction ->
    [lower] lager
   *[higher] hoger
} dan bij “{ $then }” (waarschijnlijk { $low } tot { $high }).
change-mean-unsure = Of de verbondenheid veranderde sinds “{ $then }” kunnen we niet zeggen. Ze ligt nu waarschijnlijk tussen { $less } lager en { $more } hoger.
change-below = Onder de lijn zitten nu { $direction ->
    [lower] minder
   *[higher] meer
} { people }: waarschijnlijk { $low } tot { $high } op 100.
change-below-unsure = Of er nu meer of minder { people } onder de lijn zitten, kunnen we niet zeggen. Het zijn er op 100 waarschijnlijk tussen { $lower } minder en { $higher } meer.
change-below-bound = Hoeveel { people } er meer of minder onder de lijn zitten, vertellen we niet, om { people } te beschermen.
change-hidden = Wat er veranderde sinds “{ $then }” wordt niet getoond, om { people } te beschermen.
change-scale = { $what }: nu { $points } { $direction ->
    [lower] lager
   *[higher] hoger
} dan toen (waarschijnlijk { $low } tot { $high }).
change-gap = { $what }, naast iedereen samen: nu { $points } { $direction ->
    [lower] lager
   *[higher] hoger
} dan toen (waarschijnlijk { $low } tot { $high }).
change-none = We vergeleken ook { $count } andere cijfers. Van geen enkel kunnen we zeggen dat het veranderde: het kan toeval zijn.
change-low-then = Vorige keer vielen deze op als laag: { $groups }. Wat als laag opvalt, ligt de volgende keer vaak hoger, gewoon door toeval. Tel een stijging dus niet meteen als winst.
change-entry = In { $grade }, hier het jongste jaar, zijn telkens andere { people } nieuw. Die van nu scoren { $points } { $direction ->
    [lower] lager
   *[higher] hoger
} dan die van toen (waarschijnlijk { $low } tot { $high }).
change-entry-unsure = In { $grade }, hier het jongste jaar, zijn telkens andere { people } nieuw. Of die van nu anders scoren, kunnen we niet zeggen: waarschijnlijk tussen { $less } lager en { $more } hoger.
change-response = Toen antwoordde { $then }%, nu { $now }%. Een verschil kan dus ook komen door wie er antwoordde.
change-composition = Wie antwoordde, is niet hetzelfde: { $groups }. Een verschil kan dus ook daardoor komen.
change-composition-of = { $who } toen ongeveer { $then }%, nu ongeveer { $now }%
change-scales-left-out = { $count ->
    [one] Eén schaal werd
   *[other] { $count } schalen werden
} toen niet of niet zo gemeten. Daarvan geven we geen verschil.
change-block-made-up = Met “{ $then }” vergelijken we niet: één van de twee is verzonnen.
change-block-same = Met “{ $then }” vergelijken we niet: het zijn dezelfde antwoorden.
change-block-schools = Met “{ $then }” vergelijken we niet: dat gaat over andere scholen.
change-block-instrument = Met “{ $then }” vergelijken we niet: toen waren het andere vragen. Een verschil zou meer over de vragen zeggen dan over { people }.
change-block-score = Met “{ $then }” vergelijken we niet: de score werd anders gemaakt.
change-sure = De marges komen van beide keren, en ook wat afgerond is zit erin. We bekeken { $count } verschillen. Ongeveer één op twintig valt louter door toeval op.
change-sure-same = Veel { people } antwoordden twee keer. We rekenen alsof het telkens anderen zijn, want antwoorden worden niet gekoppeld. De marges zijn dus eerder te breed dan te smal.
change-not-told = Waarom er iets veranderde. Een stijging bewijst niet dat jullie aanpak werkte: er veranderde ook van alles anders.
change-not-told-classes = Of een klas veranderde. In een klas met dezelfde naam zitten een jaar later andere { people }, en in een leerjaar ook. Geen enkele { person } werd gevolgd.
change-limit = Waarom iets anders is dan vorige keer. Dat iets veranderde nadat jullie iets deden, bewijst niet dat het daardoor kwam.
change-asking = Bevraging { $number }
change-column = Verschil
change-figure = Iedereen samen, toen en nu
change-figure-groups = Groepen, toen en nu
change-note = Open punt: toen. Vol punt: nu. Band: 95%-interval. Ruit: nu lager dan iedereen samen, meer dan toeval.
change-table = Elke schaal, toen en nu
change-table-gaps = Groepen naast iedereen samen, toen en nu
change-table-grades = Leerjaren, toen en nu, met andere { people } erin
## De vijf kansen
opportunities-figure = { $audience ->
    [parents] Wat ouders zeggen over het onthaal
    [staff] Wat het team volgens collega’s doet met de vijf kansen
   *[pupils] Wat leerlingen zeggen over de vijf kansen
 }
opportunities-lead = Op een schaal van 0 tot 100 geven { people } elke kans een gemiddelde dat waarschijnlijk tussen { $low } en { $high } ligt.
opportunities-hidden = Wat { people } zeggen over de kansen is niet getoond, om { people } te beschermen.
opportunities-sure = Elke kans heeft andere vragen. Een lagere score bewijst dus niet dat deze kans zwakker is dan een andere.
opportunities-not-told = Dit zegt wat { people } zien, niet wat de school bedoelt of op papier heeft. Het zegt niet welke kans het meest helpt.
## Is het verschil overal even groot
spread = Is het verschil overal even groot?
spread-some = Niet elk verschil tussen groepen is overal even groot. Waar het kleiner is, valt iets te leren.
spread-none = Van geen groep kunnen we zeggen dat het verschil hier anders is dan daar. Dat bewijst niet dat het overal gelijk is: daarvoor zijn de groepen vaak te klein.
spread-hidden = Of het verschil overal even groot is, tonen we niet, om { people } te beschermen.
spread-differs = { $group }: het verschil met de andere { people } is niet in elke { $level ->
    [class] klas
   *[school] school
 } even groot. Het wijkt gewoonlijk zo’n { $points } af van het middelste verschil (waarschijnlijk { $low } tot { $high }).
spread-smaller = { $group }: hier is het verschil waarschijnlijk kleiner dan elders, in alfabetische volgorde: { $schools }. Ga er kijken wat zij anders doen.
spread-table = Hoe groot het verschil is, en hoeveel het varieert
spread-column-level = Tussen
spread-column-usual = Gewoonlijk verschil
spread-column-sd = Hoeveel het afwijkt
spread-sure = Vergeleken wordt met de andere { people } van dezelfde school of klas. Kleine groepen zijn naar het gewone verschil toe getrokken. Alleen groepen die we tonen, tellen mee. Een gebied dat bij 0 begint, betekent: misschien is het overal gelijk.
spread-not-told = Dit zegt niet waarom het verschil ergens kleiner is, en het is geen rangorde. Bij veel vergelijkingen valt er ook wel eens een door toeval op.

## Wat samengaat met erbij horen
conditions = Wat gaat samen met erbij horen?
chart-subtitle-slopes = Punten erbij horen die samengaan met 10 punten meer op elk van deze vragen
conditions-lead = { People } zeggen ook wat ze op school ervaren. Hier staat elk daarvan apart naast erbij horen. Wat samengaat, is daarom nog geen oorzaak.
conditions-hidden = Wat samengaat met erbij horen, tonen we niet, om { people } te beschermen.
conditions-within-more = Binnen dezelfde { $level ->
    [class] klas
   *[school] school
 } horen { people } die hier meer van ervaren, er gemiddeld ook meer bij: { $conditions }.
conditions-within-less = Binnen dezelfde { $level ->
    [class] klas
   *[school] school
 } horen { people } die hier meer van ervaren, er gemiddeld minder bij: { $conditions }.
conditions-within-unsure = Binnen dezelfde { $level ->
    [class] klas
   *[school] school
 } valt hiervan niet te zeggen of het samengaat met erbij horen: { $conditions }.
conditions-between-more = { $level ->
    [class] Klassen
   *[school] Scholen
 } waar { people } hier samen meer van ervaren, scoren gemiddeld ook hoger voor erbij horen: { $conditions }.
conditions-between-less = { $level ->
    [class] Klassen
   *[school] Scholen
 } waar { people } hier samen meer van ervaren, scoren gemiddeld lager voor erbij horen: { $conditions }.
conditions-between-unsure = Tussen { $level ->
    [class] klassen
   *[school] scholen
 } valt hiervan niet te zeggen of het samengaat met erbij horen: { $conditions }.
conditions-figure-within = Binnen dezelfde { $level ->
    [class] klas
   *[school] school
 }
conditions-figure-between = Tussen { $level ->
    [class] klassen
   *[school] scholen
 }
conditions-teacher-support = steun van leerkrachten
conditions-voice = inspraak en respect
conditions-sure = Elke vraag is apart bekeken, in de volgorde van de vragenlijst en niet van groot naar klein. De cijfers zijn naar elkaar toe getrokken, zodat toeval minder opvalt. Tussen { $level ->
    [class] klassen
   *[school] scholen
 } zijn ze minder zeker: daarvan zijn er veel minder.
conditions-not-told = Dit zegt niet wat er gebeurt als de school hier iets aan verandert. Wie erbij hoort, ziet misschien ook meer goeds. En samen geven deze cijfers geen rangorde: ze overlappen.
conditions-parts = Steun van leerkrachten en inspraak zijn zelf een deel van erbij horen. Ze staan hier naast de rest van die vragen. Dat ze daarmee samengaan, spreekt dus half vanzelf.

## Wat samengaat met erbij horen: welzijn, samenleven en leren
outcomes = Wat gaat er samen met erbij horen in voelen, samenleven en leren?
column-link = Samenhang
no-link = geen verband
chart-subtitle-correlations = Samenhang met erbij horen, van −1 (precies omgekeerd) over 0 (geen verband) tot +1 (precies samen)
chart-note-correlations = Punt: samenhang. Band: 95 %-interval. Raakt de band de streep, dan kan het toeval zijn.
outcomes-lead = Erbij horen staat niet op zichzelf. Dit ging er bij deze leerlingen mee samen.
outcomes-hidden = Wat samengaat met erbij horen, is hier niet te zeggen of tonen we niet, om { people } te beschermen.
outcomes-more = Wie er meer bij hoort, heeft { $strength ->
    [clear] duidelijk meer
    [some] iets meer
   *[slight] een klein beetje meer
 } van: { $outcomes }.
outcomes-less = Wie er meer bij hoort, heeft { $strength ->
    [clear] duidelijk minder
    [some] iets minder
   *[slight] een klein beetje minder
 } van: { $outcomes }.
outcomes-unsure = Hiervan valt niet te zeggen of het samengaat met erbij horen: { $outcomes }.
outcomes-figure = Hoe nauw het samengaat met erbij horen
outcomes-cited = Wat onderzoek elders zegt
outcomes-column-cited = In het kort, met bron
outcomes-about-motivation = Motivatie en inzet
outcomes-about-achievement = Leerresultaten
outcomes-about-stress = Stress
outcomes-about-help = Hulp vragen
outcomes-about-bullying = Pesten en geweld
outcomes-about-absence = Afwezig zijn en spijbelen
outcomes-about-leaving = School verlaten
outcomes-cited-motivation = Kleine tot matige positieve samenhang, over 82 studies heen (Korpershoek e.a. 2020). Samenhang, geen oorzaak.
outcomes-cited-achievement = Kleine positieve samenhang, over 82 studies heen (Korpershoek e.a. 2020). Samenhang, geen oorzaak.
outcomes-cited-stress = Minder stress (geciteerd: Newman e.a. 2007; niet herlezen).
outcomes-cited-help = Sneller steun en zorg vragen (geciteerd: Sithaldeen e.a. 2022; niet herlezen).
outcomes-cited-bullying = Minder pesten en geweld (geciteerd: Demanet en Van Houtte 2012; Wike en Fraser 2009; niet herlezen).
outcomes-cited-absence = Kleine negatieve samenhang, over 82 studies heen (Korpershoek e.a. 2020). Samenhang, geen oorzaak.
outcomes-cited-leaving = Kleine negatieve samenhang met uitval, over 82 studies heen (Korpershoek e.a. 2020). Samenhang, geen oorzaak.
outcomes-sure = De woorden volgen het voorzichtige eind van de band: “iets” is een samenhang van minstens 0,1, “duidelijk” van minstens 0,3. In onderzoek onder leerlingen zijn zulke waarden gewoon.
outcomes-not-told = Dit zegt niet wat eerst komt. Misschien helpt erbij horen om te leren, misschien geeft leren het gevoel erbij te horen, en misschien spelen thuis en school in beide mee.

## Naast anderen
benchmark = En naast anderen?
benchmark-network = { People } hier scoren { $points } { $direction ->
    [lower] lager
   *[higher] hoger
} dan die van “{ $network }” samen (waarschijnlijk { $low } tot { $high }).
benchmark-network-unsure = Of { people } hier anders scoren dan die van “{ $network }”, kunnen we niet zeggen. Het is waarschijnlijk tussen { $less } lager en { $more } hoger.
benchmark-hidden = Wat naast “{ $network }” ligt, tonen we niet, om { people } te beschermen.
benchmark-block-made-up = Met “{ $network }” vergelijken we niet: één van de twee is verzonnen.
benchmark-block-same = Met “{ $network }” vergelijken we niet: het zijn dezelfde antwoorden.
benchmark-block-instrument = Met “{ $network }” vergelijken we niet: daar waren het andere vragen.
benchmark-block-score = Met “{ $network }” vergelijken we niet: daar wordt de score anders gemaakt.
benchmark-block-few = Met “{ $network }” vergelijken we niet: er zijn te weinig scholen. Een andere school zou erin te vinden zijn.
benchmark-gaps = Hoe ver groepen van iedereen samen liggen, daar en hier
benchmark-there = Daar
benchmark-here = Hier
benchmark-composition = Daar antwoordden andere { people } dan hier. Een verschil kan dus komen door wie hier naar school gaat.
benchmark-third = Op de ene vraag over erbij horen antwoordt dit deel onder het midden: { $here }. In PISA 2018 voelde ongeveer één op drie zich niet thuis.
benchmark-third-limit = Dat was een andere vraag met andere antwoorden, voor leerlingen van 15 in veel landen. Zie het hoogstens als maatstok, niet als norm.
benchmark-same-questions = PISA stelde dezelfde zes vragen. In de tabel staat wat leerlingen elders antwoordden.
benchmark-ages = Deze cijfers gaan over leerlingen van 15 en 16. Jullie vragen zijn voor { $ages } jaar. Erbij horen daalt met de leeftijd: in TIMSS 2019 hoorde { $young }% er sterk bij in leerjaar 4, en { $old }% in leerjaar 8.
benchmark-other-scale = Gemiddelden van PISA komen van andere vragen. Ze kunnen niet naast die van jullie staan.
benchmark-elsewhere = Dezelfde vragen elders
benchmark-where = Waar en wanneer
benchmark-age = Leeftijd
benchmark-source = Bron
benchmark-sure = Jullie eigen { people } tellen ook mee in het netwerk. We rekenen alsof dat niet zo is. De marge is dus eerder te breed dan te smal.
benchmark-not-told = Of het goed genoeg is. Het gemiddelde van anderen is geen doel: ook daar horen { people } er niet bij. In een ander land, jaar of in een andere taal antwoordt men anders.

## 5 Hoe zeker
certainty = Hoe zeker zijn we?
certainty-interval = Bij elk cijfer hoort een gebied. Als je het telkens opnieuw aan { people } zoals deze zou vragen, zou het echte cijfer in 95 van de 100 keer in dat gebied liggen.
certainty-reliability-good = De vragen meten samen één ding: alfa is { $alpha } ({ $low } tot { $high }). Dat is genoeg om groepen te vergelijken.
certainty-reliability-fair = De vragen hangen redelijk samen: alfa is { $alpha } ({ $low } tot { $high }). Wees voorzichtig met kleine verschillen tussen groepen.
certainty-reliability-poor = De vragen hangen zwak samen: alfa is { $alpha } ({ $low } tot { $high }). Bouw niet op verschillen tussen groepen.
certainty-omega = Omega totaal, die niet aanneemt dat alle vragen even zwaar wegen, is { $omega } ({ $low } tot { $high }).
certainty-status-validated = De vragenlijst is eerder getest: { $title }.
certainty-status-not-validated = De vragenlijst is nieuw en nog niet gevalideerd: { $title }. Lees de cijfers als een eerste blik, tot onderzoek meer zegt.
certainty-status-key-only = De vragen zijn die van { $title }. Erbij bewaart de sleutel van de scores, niet de tekst.
certainty-translation = Nog door niemand nagelezen, dus met zorg te lezen: de vragenlijst in deze talen: { $languages }.
certainty-weights-replicates = De cijfers zijn gewogen, zodat ze voor alle { people } van het onderzoek spreken; de gebieden komen uit { $count } replicatiegewichten.
certainty-weights = De cijfers zijn gewogen, zodat ze voor alle { people } van het onderzoek spreken.
certainty-score = Een { person } heeft een score als minstens { $share } % van de vragen beantwoord is.
certainty-protection = Een cijfer over minder dan { $threshold } { people } tonen we niet, en ook geen ander waaruit het te berekenen is. Aantallen per groep ronden we af. Van { $total } cijfers tonen we er { $hidden } niet.

## 6 Grenzen
limits = Wat dit jullie niet kan vertellen
limits-cause = { $audience ->
    [parents] Waarom ouders vinden dat ze er wel of niet bij horen. Cijfers die samengaan, zijn nog geen oorzaak.
    [staff] Waarom het team het zo ziet. Cijfers die samengaan, zijn nog geen oorzaak.
   *[pupils] Waarom leerlingen er wel of niet bij horen. Cijfers die samengaan, zijn nog geen oorzaak.
 }
limits-pupil = { $audience ->
    [parents] Hoe het met één gezin gaat. Praat met ouders; in deze cijfers is niemand terug te vinden.
    [staff] Wat één collega denkt. Praat met elkaar; in deze cijfers is niemand terug te vinden.
   *[pupils] Hoe het met één leerling gaat. Praat met leerlingen; in deze cijfers is niemand terug te vinden.
 }
limits-ranking = Welke leerkracht of klas het best is. Verschillen tussen klassen zijn vaak toeval.
limits-third = Of het hier “één op drie” is. Dat bekende getal komt uit één vraag van PISA 2018, niet uit een schaal met een lijn.
limits-age = Hoe jongere en oudere leerlingen zich verhouden. Bijna overal daalt erbij horen met de leeftijd.
limits-time = Of het vroeger anders was. Eén keer vragen is één moment.
limits-twice = Of iedereen één keer antwoordde. Wie een open link heeft, kan twee keer antwoorden of hem doorgeven; een code per persoon zou dat voorkomen, en zou mensen vindbaar maken.
limits-reached = Wat ouders denken die de link niet kregen, of er geen tijd of geen woorden voor hadden.
limits-seen = Wat leerlingen voelen. Dit is wat het team ziet; de rest kunnen alleen leerlingen zeggen.
limits-made-up = Iets over echte { people }. Deze cijfers zijn verzonnen.

## De brug: leerlingen, ouders en team naast elkaar
bridge = Leerlingen, ouders en team naast elkaar
bridge-lead = Dezelfde dingen, aan ieder in eigen woorden gevraagd: de laatste resultaten van elk.
bridge-whole = Erbij horen als geheel
bridge-facets = Waar zien ze hetzelfde, en waar niet?
bridge-opportunities = Wat de school mogelijk maakt
bridge-note = Punt: gemiddelde. Band: 95 %-interval. Ruit: helemaal lager dan een van de andere.
bridge-who = { $audience ->
    [parents] Ouders, over kind en gezin
    [staff] Team, over leerlingen
   *[pupils] Leerlingen, over zichzelf
 }
bridge-side = Wie
bridge-apart = Op deze punten liggen de gebieden uit elkaar. Elk punt is een reden om te praten:
bridge-alike = Op geen van de getoonde punten liggen de gebieden uit elkaar. Dat betekent niet dat iedereen hetzelfde ziet: misschien zijn er te weinig antwoorden om het te weten.
bridge-hidden = Hier valt niets naast elkaar te zetten: te veel tonen we niet, om mensen te beschermen.
bridge-gap = { $who } { $mean } (waarschijnlijk { $low } tot { $high }), { $who2 } { $mean2 } (waarschijnlijk { $low2 } tot { $high2 }): de gebieden liggen uit elkaar.
bridge-sure = We noemen een verschil alleen als de twee gebieden elkaar niet raken. Dat is met opzet streng: { $count ->
    [one] { $count } paar wordt vergeleken
   *[other] { $count } paren worden vergeleken
 }.
bridge-not-told = De vragen spiegelen elkaar, maar zijn niet dezelfde. Leerlingen zeggen wat hun overkomt, ouders wat ze merken, het team wat het ziet voor alle leerlingen. Hoe groot een verschil in punten is, zegt dus weinig.
bridge-limits-right = Wie gelijk heeft. Niemand ziet alles; waar blikken verschillen, vraag je het na.
bridge-limits-same = Wat leerlingen en hun eigen ouders van elkaar zeggen. Wie antwoordde, hoort niet noodzakelijk bij elkaar, en antwoorden worden nooit gekoppeld.
bridge-limits-time = Of iedereen op dezelfde weken terugkeek. Tussen de bevragingen kunnen maanden liggen.
bridge-limits-new = Hoe goed deze vragen bij leerlingen en volwassenen hetzelfde meten. Ze zijn nieuw, en geen gegevens hebben dat al getoond.

## Waar het vandaan komt
all-numbers = Alle cijfers bij de beelden
provenance = Waar dit vandaan komt
provenance-instrument = Vragenlijst
provenance-source = Antwoorden
provenance-file = Bestand
provenance-policy = Bescherming
provenance-policy-value = { $policy }, minstens { $threshold } { people }
provenance-software = Gemaakt met
provenance-ages = Leeftijd
provenance-ages-value = { $ages } jaar
provenance-hash = Vingerafdruk van het bestand (SHA-256)

## Aanval
audit-tried = { $releases ->
    [one] Eén bestand aangevallen
   *[other] { $releases } bestanden samen aangevallen
}: { $hidden } verborgen cijfers{ $pairs ->
    [0] {""}
   *[other] , { $pairs } keer twee bestanden naast elkaar
}.
audit-tried-inside = Aangevallen door iemand die van alle { $pupils } leerlingen de klas en de groepen kent: { $hidden } kleine groepen, elke leerling apart, elk klein verschil en elk antwoord.
audit-stands = Niets was af te leiden: geen verborgen groep en geen leerling.
audit-not-tried = Niet geprobeerd: wat iemand van elders al weet.
audit-derived = Af te leiden: { $group } ({ $breakdown }) in { $unit }, uit de cijfers eromheen.
audit-few = Het aantal in { $unit } verschilt een paar leerlingen tussen twee bestanden: wie die leerlingen kent, kan hun gemiddelde uitrekenen.
audit-group = Af te leiden: { $count ->
    [one] één kleine groep
   *[other] { $count } kleine groepen
}.
audit-pupil = Af te leiden: het antwoord van { $count ->
    [one] één leerling
   *[other] { $count } leerlingen
}.
audit-difference = Af te leiden: { $count ->
    [one] één verschil
   *[other] { $count } verschillen
} van een paar leerlingen tussen twee groepen.
audit-pinned = Bijna vastgelegd: het antwoord van { $count ->
    [one] één leerling
   *[other] { $count } leerlingen
}.

## Meten: mogen groepen vergeleken worden?
dif-a = Wie op de andere vragen even hoog scoort, antwoordt hier in elke groep ongeveer gelijk.
dif-b = Wie op de andere vragen even hoog scoort, antwoordt hier in de ene groep nogal anders dan in de andere. Kijk hoe de vraag gesteld is voor je groepen vergelijkt.
dif-c = Wie op de andere vragen even hoog scoort, antwoordt hier in de ene groep heel anders dan in de andere. Vergelijk er geen groepen mee voor je weet waarom.
dif-not-uniform = Hoe anders, hangt af van de score.
invariance-none = In minstens één groep meten deze vragen niet goed genoeg één ding. Vergelijk groepen niet op hun score.
invariance-configural = In elke groep horen dezelfde vragen bij elkaar, maar ze tellen niet overal even zwaar. Vergelijk groepen niet op hun score.
invariance-metric = De vragen tellen in elke groep even zwaar. Maar op het zelfde niveau krijgen er een paar in de ene groep een hoger antwoord dan in de andere. Wat samengaat mag je vergelijken, gemiddelden niet.
invariance-scalar = De vragen werken in elke groep gelijk. Je mag gemiddelden vergelijken.
invariance-strict = De vragen werken in elke groep gelijk en zijn overal even precies. Je mag gemiddelden en spreiding vergelijken.

## De zes bladzijden, elk een vraag
page-answered = Wie heeft geantwoord?
page-level = { $audience ->
    [parents] Horen gezinnen erbij?
    [staff] Horen leerlingen erbij, zoals het team het ziet?
   *[pupils] Hoeveel leerlingen horen erbij?
 }
page-groups = Wie hoort er minder bij?
page-origin = Waar komt het vandaan?
page-opportunities = { $audience ->
    [parents] Wat zeggen ouders over het onthaal?
    [staff] Wat zegt het team over de vijf kansen?
   *[pupils] Wat zeggen leerlingen over de vijf kansen?
 }
page-change = Wat is er veranderd?
page-origin-absent = Met deze vragenlijst valt niet te zeggen waar het vandaan komt.
page-opportunities-absent = Deze vragenlijst vraagt niets over de kansen die een school biedt.
page-change-absent = Er is nog niets om mee te vergelijken. Sluiten jullie later weer een bevraging met deze vragenlijst, dan staat hier wat er sinds deze keer veranderd is.

## Praat erover: drie vragen bij elke bladzijde
talk-answered-1 = Wie horen we hier niet? Hoe kunnen we hen toch nog horen?
talk-answered-2 = Wat zou het de volgende keer makkelijker maken om eerlijk te antwoorden?
talk-answered-3 = Wat willen we tonen aan wie twijfelt of er iets met de antwoorden gebeurt?
talk-level-1 = Welk cijfer is anders dan je verwachtte? Waarop steunde die verwachting?
talk-level-2 = Waar en wanneer voelen leerlingen hier dat ze erbij horen? Wat doen we daar dat ook elders kan?
talk-level-3 = Wat maakt een leerling die er niet bij hoort hier mee op een gewone dinsdag?
talk-groups-found = Welke van onze regels, gewoontes en ruimtes passen minder bij deze groepen?
talk-groups-open = Geen groep springt er met zekerheid uit. Wiens ervaring blijft misschien toch buiten ons beeld?
talk-groups-2 = Voor wie van ons paste school altijd vanzelf? Wat merken we daardoor niet op?
talk-groups-3 = Wie kan ons meer vertellen? Hoe vragen we dat zonder iemand voor een hele groep te laten spreken?
talk-origin-found = Waar op school herkennen jullie dit: in de klas, op de speelplaats, in de regels?
talk-origin-open = Wat weten we over hoe leerlingen hier behandeld worden, en wat hebben we nooit gevraagd?
talk-origin-2 = Wie van ons maakt dit nooit mee? Hoe komt dat?
talk-origin-3 = Wat zou een leerling hier er zelf over zeggen?
talk-opportunities-1 = Welke kans denken we te geven, terwijl leerlingen er weinig van merken?
talk-opportunities-2 = Welke hebben we dit jaar zelf in handen?
talk-opportunities-3 = Voor wie is die kans kleiner dan voor anderen? Wat hebben zij meer nodig?
talk-change-found = Wat deden we anders sinds de vorige keer, en voor wie?
talk-change-open = Wat moeten leerlingen de volgende keer kunnen zeggen dat ze nu niet kunnen zeggen?
talk-change-2 = Wat hebben we leerlingen beloofd? Weten ze wat ervan gekomen is?
talk-change-3 = Wat is hier veranderd dat deze cijfers niet tonen?

## Waarom erbij horen: een bijlage, en een eigen bladzijde
why = Waarom erbij horen?
why-limits-cause = De meeste van deze studies tonen wat samengaat, niet wat waarvan de oorzaak is. Erbij horen kan leerlingen vooruithelpen, en wie het goed doet, gaat er misschien meer bij horen.
why-limits-cited = “Aangehaald” betekent dat we de studie niet opnieuw lazen: dan staat er geen cijfer bij. Wat we wel lazen, is daardoor niet zekerder.
why-limits-elsewhere = Andere scholen, landen en leeftijden kunnen verschillen van die van jullie. Niets hiervan zegt iets over één leerling.
why-claim = { $block }: { $claim } ({ $origin })
why-psychological = Hoe leerlingen zich voelen
why-social = Hoe leerlingen samenleven
why-academic = Hoe leerlingen leren
why-lacking = Wie er minder bij hoort
why-systemic = Waarom dat het systeem is
why-status-read = gelezen
why-status-cited = aangehaald, niet opnieuw gelezen
model = Waar erbij horen leeft, en wat daarover gevraagd is
model-lead = Erbij horen leeft in een sociaal, een persoonlijk en een schools domein, en het sociale weegt het zwaarst. Daaronder ligt wat de school mogelijk maakt, en wat ertegenin werkt: dezelfde school geeft leerlingen verschillende kansen om erbij te horen.
model-not-told = Het model komt uit gesprekken met 69 Vlaamse studenten uit etnische minderheden in het hoger onderwijs (De Coninck, Stevens & Vantieghem). Wie het voor jongere leerlingen gebruikt, gaat verder dan die studie. Waar elke vraag staat, is onze keuze.
model-about = Deel
model-social = Sociaal: met anderen
model-personal = Persoonlijk: wie je bent
model-academic = Schools: leren en leerkrachten
model-opportunity = Wat de school mogelijk maakt: de vijf kansen
model-discrimination = Wat ertegenin werkt: slechter behandeld worden
model-asked = Wat er gevraagd is

## Begrippen: naam, wat het betekent, en de woorden die ervoor staan in zinnen
term-belonging = erbij horen
term-belonging-about = Voelen dat je aanvaard, gewaardeerd, betrokken en gesteund bent, door leerkrachten en door medeleerlingen; gezien worden als wie je bent; en meetellen in het leven van klas en school.
term-belonging-forms = erbij horen, verbondenheid
term-scale = schaal van 0 tot 100
term-scale-about = De antwoorden op verschillende vragen samen: 0 is op elke vraag het laagste antwoord, 100 het hoogste. Het is geen rapportcijfer, en 60 is geen geslaagd.
term-scale-forms = schaal van 0 tot 100
term-mean = gemiddelde
term-mean-about = Alle scores opgeteld en gedeeld door hoeveel er zijn. Rond een gemiddelde verschillen mensen sterk.
term-mean-forms = gemiddelde, gemiddeld
term-interval = interval
term-interval-about = De getallen waartussen het echte cijfer waarschijnlijk ligt. Bij opnieuw vragen zouden van 100 zulke intervallen er ongeveer 95 het echte cijfer bevatten. Een breed interval betekent: we weten weinig.
term-interval-forms = interval, intervallen, waarschijnlijk
term-line = de lijn
term-line-about = Een grens die is afgesproken: eronder weegt “eerder niet” zwaarder dan “eerder wel”. Het is geen natuurlijke grens en geen diagnose.
term-line-forms = onder de lijn, de lijn van
term-everyone = iedereen samen
term-everyone-about = Allen die antwoordden. Groepen worden met iedereen vergeleken, zodat geen groep stilzwijgend de norm is.
term-everyone-forms = iedereen samen
term-chance = toeval
term-chance-about = Wie toevallig antwoordde, en op welke dag. Een verschil kan toeval zijn als nul binnen het interval ligt.
term-chance-forms = toeval
term-withheld = niet getoond
term-withheld-about = Een cijfer over te weinig mensen, of een cijfer waaruit dat van enkelen te berekenen valt. Het blijft weg om hen te beschermen, wat er ook in staat.
term-withheld-forms = niet getoond
term-discrimination = discriminatie
term-discrimination-about = Hier: hoe vaak leerlingen zeggen dat ze slechter behandeld of buitengesloten worden, door leerkrachten, door medeleerlingen of door regels. Het is wat leerlingen meemaken, niet wat iemand bedoelde.
term-discrimination-forms = discriminatie
term-majority = meerderheid en minderheid
term-majority-about = Een indeling die deze bevraging koos, met één vraag over achtergrond. Ze zegt wie hier in de meer gewone positie zit, niet wie mensen zijn.
term-majority-forms = meerderheid, minderheid
term-opportunity = de vijf kansen
term-opportunity-about = Wat een school zelf in handen heeft: een divers team, de leerstof, een warm welkom, een omgeving die past, en samen school maken.
term-opportunity-forms = kansen, kans
term-system = het systeem
term-system-about = Wat een school biedt: haar regels, gewoontes, ruimtes, lessen en mensen. Vaste verschillen tussen groepen wijzen daarheen, en niet naar wat een kind mist.
term-system-forms = het systeem
term-combination = combinatie van groepen
term-combination-about = Niemand is één ding alleen. Leerlingen worden hier volgens verschillende groepen tegelijk samengenomen, zoals meisjes die thuis een andere taal spreken.
term-combination-forms = combinaties, combinatie
term-maihda = MAIHDA
term-maihda-about = Een manier om veel combinaties van groepen tegelijk te vergelijken. Kleine worden getrokken naar wat hun groepen samen voorspellen, zodat toeval niet op een verschil lijkt.
term-maihda-forms = MAIHDA
term-alpha = alfa en omega
term-alpha-about = Hoe goed de vragen samen één ding meten, van 0 tot 1. Vanaf ongeveer 0,80 mogen groepen vergeleken worden.
term-alpha-forms = alfa, alpha, omega
term-validated = gevalideerd
term-validated-about = Getest bij veel leerlingen, zodat men weet dat de vragen meten wat ze moeten meten. Nieuwe vragen hebben dat nog niet achter de rug.
term-validated-forms = gevalideerd
term-weighted = gewogen
term-weighted-about = Sommige antwoorden tellen voor meer leerlingen dan andere, omdat die leerlingen minder kans hadden om bevraagd te worden.
term-weighted-forms = gewogen

## Een netwerk van scholen
network-lead = Wat scholen samen vertellen: uit hun eigen resultaten, en uit niets anders.
network-heading = Wie deed mee?
network-who = { $schools } van de { $of } scholen hebben resultaten met dezelfde vragen: samen { $n } { people }.
network-sure = Een gemiddelde telt alle { people } even zwaar; hoe zeker het is, volgt uit hoeveel scholen van elkaar verschillen. Een verschil tussen groepen is het gewone verschil binnen een school.
network-not-told = Dit is geen rangorde van scholen, en het zegt niets over één school: dat staat in haar eigen resultaten.
network-missing = Wat een school niet toont om { people } te beschermen, telt hier ook niet mee. Een groep staat er alleen als minstens vijf scholen haar tonen.

## De monitor sociale veiligheid (Nederland)
monitor-response = deelname, in %
monitor-safety = ervaren veiligheid
monitor-harm = aantasting van de veiligheid
monitor-well-being = welbevinden
monitor-better-high = hoger is beter
monitor-better-low = lager is beter
monitor-state-shown = getoond
monitor-state-withheld = verborgen om leerlingen te beschermen
monitor-state-not-asked = niet gevraagd
monitor-note = let op
monitor-note-averages = Alleen gemiddelden van de hele school, van 0 tot 100, uit de vrijgegeven resultaten van deze bevraging. Een gemiddelde zegt niets over één leerling, klas of leraar.
monitor-note-delivery = Dit is geen aanlevering bij de inspectie. De school levert zelf aan, in de vorm die de inspectie vraagt.
monitor-note-validated = Deze vragen zijn nog niet gevalideerd. De wet vraagt een instrument dat gestandaardiseerd, valide en betrouwbaar is; dat is hiermee nog niet aangetoond.
monitor-note-made-up = Deze gegevens zijn verzonnen.
