# Eenvoudige woorden, voor ouders en voor leerlingen.
status = machine, not reviewed
unreviewed = Deze woorden zijn door een machine gemaakt. Niemand heeft ze al nagekeken.
made-up = Verzonnen cijfers, alleen om te oefenen

## Wat leerlingen over zichzelf gevraagd is
about-home-languages = Taal thuis
about-parents-born = Waar de ouders geboren zijn
about-born-here = Waar de leerling geboren is
about-gender = Jongen, meisje of een ander woord
about-books = Boeken thuis
about-extra-help = Extra hulp nodig
about-new-here = Nieuw op deze school
about-faith = Geloof
about-orientation = Op wie je verliefd wordt

## Een bladzijde voor ouders
family-title = { $school }: wat leerlingen zeggen over erbij horen
family-day = Gevraagd tot { $day }
family-intro = Leerlingen antwoordden op vragen over erbij horen op school. Niemand kan zien wie wat antwoordde.
family-answered-title = Wie antwoordde?
family-answered = Leerlingen die genoeg antwoorden gaven: { $n } van de { $asked }.
family-answered-count = Leerlingen die genoeg antwoorden gaven: { $n }.
family-answered-hidden = We tonen niet hoeveel leerlingen antwoordden, om leerlingen te beschermen.
family-belong-title = Hoeveel voelen dat ze erbij horen?
family-belong = Van elke 100 leerlingen die antwoordden, voelen er ongeveer { $share } eerder wel dan niet dat ze erbij horen.
family-belong-at-least = Van elke 100 leerlingen die antwoordden, voelen er minstens { $share } eerder wel dan niet dat ze erbij horen. Preciezer zeggen we het niet, om leerlingen te beschermen.
family-belong-at-most = Van elke 100 leerlingen die antwoordden, voelen er hoogstens { $share } eerder wel dan niet dat ze erbij horen. Preciezer zeggen we het niet, om leerlingen te beschermen.
family-belong-sure = We weten het niet precies: het ligt waarschijnlijk tussen { $low } en { $high }.
family-belong-hidden = We tonen niet hoeveel leerlingen voelen dat ze erbij horen, om leerlingen te beschermen.
family-difference-title = Past de school even goed bij iedereen?
family-difference = Het grootste verschil waar we zeker van zijn: { $about }, “{ $group }”. Op een schaal van 0 tot 100 scoren deze leerlingen { $points } lager dan iedereen samen (waarschijnlijk { $low } tot { $high } lager).
family-difference-caution = We weten niet waarom. Het zegt niet dat er iets mis is met deze leerlingen. Het toont wel voor wie de school meer moet doen. En het zegt niets over één kind.
family-difference-none = We vonden geen groep die er zeker minder bij hoort dan iedereen samen. Dat bewijst niet dat er geen verschil is.
family-difference-hidden = We tonen niets over groepen leerlingen, om leerlingen te beschermen.
family-plan-title = Wat gaat de school doen?
family-plan-space = In te vullen door de school
family-unknown-title = Wat we niet weten
family-unknown-why = Waarom leerlingen zich zo voelen.
family-unknown-child = Hoe het met uw eigen kind gaat. U kunt het vragen: wanneer voel jij dat je erbij hoort op school?
family-unknown-rest = Wat de leerlingen zouden zeggen die niet antwoordden.
family-turn-title = Waar kunt u terecht?
family-turn = Hebt u een vraag of een zorg? Kom naar de leerkracht of de directie van de school.
family-turn-call = U of uw kind kan ook bellen:

## De bladzijde voor leerlingen
pupils-title = Jullie vertelden, wij luisterden
pupils-thanks = Bedankt voor jullie antwoorden.
pupils-heard-title = Wat we hoorden
pupils-answered = Leerlingen die antwoordden: { $n } van de { $asked }.
pupils-answered-count = Leerlingen die antwoordden: { $n }.
pupils-answered-hidden = We zeggen niet hoeveel van jullie antwoordden. Zo blijven jullie veilig.
pupils-belong = Van elke { $of } leerlingen voelen er ongeveer { $share } dat ze erbij horen.
pupils-belong-at-least = Van elke { $of } leerlingen voelen er minstens { $share } dat ze erbij horen.
pupils-belong-at-most = Van elke { $of } leerlingen voelen er hoogstens { $share } dat ze erbij horen.
pupils-belong-sure = We weten het niet precies. Het ligt tussen { $low } en { $high }.
pupils-belong-hidden = We zeggen niet hoeveel van jullie erbij horen. Zo blijven jullie veilig.
pupils-differs = Niet iedereen voelt dat hij of zij erbij hoort. Dat is niet hun schuld. De school moet het beter doen.
pupils-best = Dit gaat het best: { $place }.
pupils-least = Dit moet beter: { $place }.
pupils-place-source-teachers = bij de leerkrachten
pupils-place-source-peers = bij andere leerlingen
pupils-place-source-school = de regels van de school
pupils-unknown-title = Wat we niet weten
pupils-unknown-who = Wie welk antwoord gaf. Niemand kan dat zien.
pupils-unknown-why = Waarom het zo is. Dat weten jullie het best. Vertel het ons!
pupils-unknown-rest = Wat leerlingen denken die niet antwoordden.
pupils-next-title = Wat er gebeurt, en wanneer
pupils-talk-title = Wil je praten?
pupils-talk = Ga naar een volwassene op school die je vertrouwt.
pupils-talk-call = Bellen mag ook. Het is gratis.
pupils-gone = Deze bladzijde is er niet, of niet meer. Vraag het aan je leerkracht.

tally-sure = Voelt: ik hoor erbij
tally-perhaps = Dat weten we niet zeker
tally-rest = Voelt dat nog niet

young-belong = Denk aan { $of } kinderen. Ongeveer { $share } voelen: ik hoor erbij.
young-belong-at-least = Denk aan { $of } kinderen. Minstens { $share } voelen: ik hoor erbij.
young-belong-at-most = Denk aan { $of } kinderen. Hoogstens { $share } voelen: ik hoor erbij.
young-belong-sure = Het kunnen er { $low } tot { $high } zijn.
young-belong-hidden = We zeggen niet hoeveel kinderen erbij horen. Zo blijven jullie veilig.
young-differs = Niet elk kind hoort erbij. Dat is niet hun schuld. De school moet helpen.

old-how-title = Hoe weten we dat?
old-how-sure = Wie mee antwoordt, maakt een beetje uit. Daarom zeggen we tussen welke getallen het ligt.
old-how-few = Over minder dan { $few } leerlingen zeggen we niets. Zo kan niemand je vinden.
old-how-cause = Een getal zegt niet waardoor het komt. Daar moeten we over praten.
