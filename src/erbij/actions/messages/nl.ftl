# De woorden van kiezen. Ids zijn in alle talen gelijk; een getal staat naast zijn interval.

## Wat om een beslissing vraagt
where-all = iedereen samen
where-unit = { $unit }
signal-gap = { $breakdown }, { $group }: { $points ->
    [one] 1 punt
   *[other] { $points } punten
 } lager dan { $where } (waarschijnlijk { $low } tot { $high })
signal-gap-minority-little = Leerlingen van een minderheid die weinig oneerlijke behandeling meemaken: { $points ->
    [one] 1 punt
   *[other] { $points } punten
 } lager dan leerlingen van de meerderheid die even weinig meemaken (waarschijnlijk { $low } tot { $high }; { $where })
signal-treatment-minority-much = Veel oneerlijke behandeling gaat samen met { $points ->
    [one] 1 punt
   *[other] { $points } punten
 } minder verbondenheid bij leerlingen van een minderheid (waarschijnlijk { $low } tot { $high }; { $where })
signal-treatment-majority-much = Veel oneerlijke behandeling gaat samen met { $points ->
    [one] 1 punt
   *[other] { $points } punten
 } minder verbondenheid bij leerlingen van de meerderheid (waarschijnlijk { $low } tot { $high }; { $where })
signal-under-surely = { $scale }: { $mean } op een schaal van 0 tot 100 (waarschijnlijk { $low } tot { $high }), onder de lijn van { $line }; { $where }
signal-under-perhaps = { $scale }: { $mean } op een schaal van 0 tot 100 (waarschijnlijk { $low } tot { $high }), misschien onder de lijn van { $line }; { $where }
signal-over-surely = { $scale }: { $mean } op een schaal van 0 tot 100 (waarschijnlijk { $low } tot { $high }), boven de lijn van { $line }, en hier is hoog slechter; { $where }
signal-over-perhaps = { $scale }: { $mean } op een schaal van 0 tot 100 (waarschijnlijk { $low } tot { $high }), misschien boven de lijn van { $line }, en hier is hoog slechter; { $where }

part-facet-acceptance = Aanvaard worden
part-facet-appreciation = Gewaardeerd worden
part-facet-inclusion = Betrokken worden
part-facet-support = Gesteund worden
part-facet-autonomy = Inspraak hebben en gerespecteerd worden
part-facet-individual = Gezien worden als jezelf
part-facet-participation = Meetellen in het leven op school
part-facet-identity = Mogen tonen wie je bent
part-source-teachers = Erbij horen bij leraren
part-source-peers = Erbij horen bij medeleerlingen
part-source-school = Erbij horen in de regels en gewoonten van de school
part-context-class = Erbij horen in de klas
part-context-playground = Erbij horen op de speelplaats
part-context-school = Erbij horen in de hele school
part-context-activities = Erbij horen bij activiteiten
part-context-home = Erbij horen tussen school en thuis

## Beslissingen
status-quo = { $days ->
    [0] status quo, niet gekozen · sinds vandaag
    [one] status quo, niet gekozen · 1 dag
   *[other] status quo, niet gekozen · { $days } dagen
 }
chosen-act = Wij doen iets
chosen-look-closer = Wij kijken eerst verder
chosen-leave = Wij laten het bewust zo: { $reason }
standing-shows = De laatste resultaten laten dit zien.
standing-shows-no-longer = De laatste resultaten laten dit niet meer zien. Er is niets gekozen, dus het blijft hier staan tot jullie kiezen.
standing-not-told = De laatste resultaten vertellen dit niet, om leerlingen te beschermen. Het blijft hier staan tot jullie kiezen.
cost = Als er niets verandert, verwachten we dit schooljaar { $low } tot { $high } leerlingen onder de lijn, van de { $of } die hier antwoordden. Wie dat zijn, weet niemand.
cost-at-most = Als er niets verandert, verwachten we dit schooljaar hoogstens { $high } leerlingen onder de lijn, van de { $of } die hier antwoordden. Het kan ook niemand zijn.
cost-exactly = Als er niets verandert, verwachten we dit schooljaar ongeveer { $count } leerlingen onder de lijn, van de { $of } die hier antwoordden. Wie dat zijn, weet niemand.
cost-not-told = Over hoeveel leerlingen dit gaat, wordt niet verteld.

## Waarom een actie wordt aangeboden
fits-breakdown = Ze is bedoeld voor verschillen naar { $breakdown }.
fits-treatment = Ze werkt aan oneerlijke behandeling.
fits-belonging = Het onderzoek erachter gaat over verbondenheid zelf.
fits-scale = Ze werkt hieraan: { $scale }.
fits-opportunity = Ze hoort bij deze kans: { $scale }.
fits-also-scale = Ze werkt ook aan wat hier laag is: { $scale }.
fits-also-opportunity = De kans waar ze bij hoort, is hier laag: { $scale }.

## Een verdeeld budget
rule = Eerst waar de meeste leerlingen onder de lijn verwacht worden, en meer waar ze er het verst onder zitten. { $effort ->
    [money] Elke extra euro
   *[hours] Elk extra uur
 } op een plek helpt wat minder. Aangenomen, en geen bevinding: een actie die alles krijgt wat ze vraagt, brengt { $reach } % van wie onder de lijn zit erboven, misschien { $low } %, misschien { $high } %.
division-need = Volgens nood: { $below } leerlingen onder de lijn (waarschijnlijk { $low } tot { $high }).
division-equal = Gelijk verdeeld: { $below } leerlingen onder de lijn (waarschijnlijk { $low } tot { $high }).
division-present = Zoals het nu verdeeld is: { $below } leerlingen onder de lijn (waarschijnlijk { $low } tot { $high }).
division-who = Volgens nood { $more ->
    [one] krijgt 1 plek
   *[other] krijgen { $more } plekken
 } meer dan een gelijk deel, en { $less ->
    [one] krijgt 1 plek
   *[other] krijgen { $less } plekken
 } minder.
division-fragile = Hoe breekbaar is dit? In { $same } % van de trekkingen uit de onzekere cijfers krijgen precies dezelfde plekken meer; gemiddeld blijft { $overlap } % ervan.
division-depth-lowered = Wie er het verst onder zit, telt iets minder zwaar dan gevraagd, zodat er niet meer leerlingen onder de lijn blijven dan bij gelijke delen.
division-not-told = { $count ->
    [one] Van 1 plek
   *[other] Van { $count } plekken
 } wordt de nood niet verteld, om leerlingen te beschermen: elk krijgt een gelijk deel.
division-overruled = { $unit }: het team besliste anders. { $reason }

## Terugkijken
power = Met { $units } plekken kun je een verandering van { $points } punten of meer zien, { $chance } keer op 100. Een kleinere kan jullie goed ontgaan.
evaluation-better = Waar de actie liep ({ $ran } plekken), steeg de verbondenheid { $points } punten meer dan waar ze niet liep ({ $compared } plekken); waarschijnlijk { $low } tot { $high }.
evaluation-worse = Waar de actie liep ({ $ran } plekken), steeg de verbondenheid { $points } punten minder dan waar ze niet liep ({ $compared } plekken); waarschijnlijk { $low } tot { $high }.
evaluation-unclear = Of de verbondenheid meer veranderde waar de actie liep ({ $ran } plekken) dan waar ze niet liep ({ $compared } plekken), valt niet te zeggen: tussen { $low } en { $high } punten is mogelijk. Dit toont niet dat ze niets deed.
evaluation-by-lot = Waar ze het eerst liep, is geloot. De actie is dus de waarschijnlijke reden, of iets anders wat net daar gebeurde.
evaluation-by-need = Ze liep waar de resultaten lager waren. De stijging die je door toeval verwacht, is eraf gehaald; andere redenen blijven mogelijk.
evaluation-by-wish = Ze liep waar mensen het wilden. Die plekken kunnen op andere punten verschillen; dit toont dus geen oorzaak.
evaluation-corrected = Zonder correctie voor toeval aan het begin zou het { $points } punten zijn; { $share } % van de verschillen aan het begin was echt.
evaluation-trend = Let op: al voor de actie groeiden deze plekken { $points } punten uit elkaar. Dat kan niet van de actie komen.
evaluation-no-trend = Of deze plekken al eerder uit elkaar groeiden, weet niemand: er was geen eerdere bevraging.

## Leerlingen verdelen een budget
vote-result = { $count ->
    [one] 1 voorstel wordt uitgevoerd
   *[other] { $count } voorstellen worden uitgevoerd
 }, { $refused ->
    [one] 1 niet
   *[other] { $refused } niet
 }; er blijft { $left } over. Elke stem was evenveel van het geld waard.

## Een scan naast wat leerlingen zeiden
scan-agree-high = Jullie en de leerlingen zijn het eens: dit is er grotendeels.
scan-agree-low = Jullie en de leerlingen zijn het eens: dit ontbreekt grotendeels.
scan-blind-spot = Misschien een blinde vlek: jullie zeggen dat dit er grotendeels is, en leerlingen ervaren het anders.
scan-hidden-strength = Leerlingen ervaren hier meer van dan jullie zelf zien.
scan-unclear = Wat leerlingen zeggen, ligt rond de lijn: het bevestigt noch weerlegt wat jullie zien.
scan-not-told = Er is te weinig om dit naast wat leerlingen zeiden te leggen.

## Wat er over een actie bekend is
strength-A = Sterkte A: een proef of een sterk quasi-experiment.
strength-B = Sterkte B: gevolgd in de tijd of waargenomen.
strength-C = Sterkte C: een overzicht of deskundigen.
strength-none = Geen onderzoek bekend: beredeneerd.
design-trial = Proef, { $where }.
design-quasi-experiment = Quasi-experiment, { $where }.
design-longitudinal = Gevolgd in de tijd, { $where }.
design-observational = Eén keer waargenomen, { $where }.
design-review = Overzicht van studies, { $where }.
design-expert = Oordeel van deskundigen, { $where }.
country = { $countries }
country-several = verschillende landen
country-not-told = land niet verteld
country-not-studied = niet onderzocht
evidence-effect = Over { $outcome }: { $effect }
evidence-number = Over { $outcome }: { $effect } ({ $measure } = { $value }; geen interval verteld)
evidence-number-between = Over { $outcome }: { $effect } ({ $measure } = { $value }; 95 %-interval { $low } tot { $high })
belonging-measured = Verbondenheid zelf is gemeten.
belonging-not-measured = Wat hier verteld wordt, is niet verbondenheid zelf.
source = { $source }, { $reference }
source-not-found = { $source }; de DOI of het nummer moet nog opgezocht worden.
seen-second-hand = Uit de tweede hand gelezen.
caution-not-studied = Deze actie is voor zover wij weten niet onderzocht. Spreek vooraf af hoe jullie zien of ze helpt.
caution-not-belonging = Geen onderzoek dat hier bij deze actie staat, gaat over verbondenheid zelf. Spreek vooraf af hoe jullie zien of ze helpt.
