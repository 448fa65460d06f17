# Cuvinte simple, pentru părinți și pentru elevi.
status = machine, not reviewed
unreviewed = Aceste cuvinte au fost făcute de o mașină. Nimeni nu le-a verificat încă.
made-up = Cifre inventate, doar pentru exersare

## Ce li s-a cerut elevilor despre ei înșiși
about-home-languages = Limba de acasă
about-parents-born = Unde s-au născut părinții
about-born-here = Unde s-a născut elevul sau eleva
about-gender = Băiat, fată sau alt cuvânt
about-books = Cărți acasă
about-extra-help = Nevoie de ajutor în plus
about-new-here = Primul an la această școală
about-faith = Credință
about-orientation = De cine te îndrăgostești

## O pagină pentru părinți
family-title = { $school }: ce spun elevii despre locul lor la școală
family-day = Am întrebat până la { $day }
family-intro = Elevii au răspuns la întrebări despre locul lor la școală. Nimeni nu poate vedea cine ce a răspuns.
family-answered-title = Cine a răspuns?
family-answered = Elevi care au dat destule răspunsuri: { $n } din { $asked }.
family-answered-count = Elevi care au dat destule răspunsuri: { $n }.
family-answered-hidden = Nu arătăm câți elevi au răspuns, ca să îi protejăm.
family-belong-title = Câți simt că au locul lor la școală?
family-belong = Din 100 de elevi care au răspuns, cam { $share } simt mai degrabă da decât nu că au locul lor aici.
family-belong-at-least = Din 100 de elevi care au răspuns, cel puțin { $share } simt mai degrabă da decât nu că au locul lor aici. Nu spunem mai exact, ca să îi protejăm.
family-belong-at-most = Din 100 de elevi care au răspuns, cel mult { $share } simt mai degrabă da decât nu că au locul lor aici. Nu spunem mai exact, ca să îi protejăm.
family-belong-sure = Nu știm exact: numărul este probabil între { $low } și { $high }.
family-belong-hidden = Nu arătăm câți simt că au locul lor la școală, ca să îi protejăm.
family-difference-title = Se potrivește școala la fel de bine tuturor?
family-difference = Cea mai mare diferență de care suntem siguri: { $about }, „{ $group }”. Pe o scară de la 0 la 100, acești elevi au cu { $points } mai puțin decât toți împreună (probabil cu { $low } până la { $high } mai puțin).
family-difference-caution = Nu știm de ce. Nu înseamnă că ceva nu este bine cu acești elevi. Arată pentru cine trebuie școala să facă mai mult. Și nu spune nimic despre un singur copil.
family-difference-none = Nu am găsit niciun grup care sigur își simte locul mai puțin decât toți împreună. Asta nu dovedește că nu există nicio diferență.
family-difference-hidden = Nu arătăm nimic despre grupuri de elevi, ca să îi protejăm.
family-plan-title = Ce va face școala?
family-plan-space = Completează școala
family-unknown-title = Ce nu știm
family-unknown-why = De ce se simt elevii așa.
family-unknown-child = Cum îi este copilului dumneavoastră. Puteți întreba: când simți că ai locul tău la școală?
family-unknown-rest = Ce ar fi spus elevii care nu au răspuns.
family-turn-title = La cine puteți merge?
family-turn = Aveți o întrebare sau o grijă? Veniți la învățător, la profesor sau la conducerea școlii.
family-turn-call = Dumneavoastră sau copilul puteți și suna:

## Pagina pentru elevi
pupils-title = Voi ați spus, noi am ascultat
pupils-thanks = Mulțumim pentru răspunsuri.
pupils-heard-title = Ce am auzit
pupils-answered = Elevi care au răspuns: { $n } din { $asked }.
pupils-answered-count = Elevi care au răspuns: { $n }.
pupils-answered-hidden = Nu spunem câți ați răspuns. Așa rămâneți în siguranță.
pupils-belong = Din fiecare grup de { $of } elevi, cam { $share } simt că au locul lor aici.
pupils-belong-at-least = Din fiecare grup de { $of } elevi, cel puțin { $share } simt că au locul lor aici.
pupils-belong-at-most = Din fiecare grup de { $of } elevi, cel mult { $share } simt că au locul lor aici.
pupils-belong-sure = Nu știm exact. Este între { $low } și { $high }.
pupils-belong-hidden = Nu spunem câți aveți locul vostru aici. Așa rămâneți în siguranță.
pupils-differs = Nu toți simt că au locul lor aici. Nu este vina lor. Școala trebuie să facă mai bine.
pupils-best = Merge cel mai bine: { $place }.
pupils-least = Trebuie să meargă mai bine: { $place }.
pupils-place-source-teachers = cu profesorii
pupils-place-source-peers = cu ceilalți elevi
pupils-place-source-school = cu regulile școlii
pupils-unknown-title = Ce nu știm
pupils-unknown-who = Cine ce răspuns a dat. Nimeni nu poate vedea asta.
pupils-unknown-why = De ce este așa. Voi știți cel mai bine. Spuneți-ne!
pupils-unknown-rest = Ce cred cei care nu au răspuns.
pupils-next-title = Ce se va întâmpla și când
pupils-talk-title = Vrei să vorbești?
pupils-talk = Mergi la un adult din școală în care ai încredere.
pupils-talk-call = Poți și să suni. Este gratuit.
pupils-gone = Pagina aceasta nu este aici sau nu mai este. Întreabă la școală.

tally-sure = Simte: am locul meu
tally-perhaps = Nu știm sigur
tally-rest = Nu simte asta încă

young-belong = Gândește-te la { $of } copii. Cam { $share } simt: am locul meu aici.
young-belong-at-least = Gândește-te la { $of } copii. Cel puțin { $share } simt: am locul meu aici.
young-belong-at-most = Gândește-te la { $of } copii. Cel mult { $share } simt: am locul meu aici.
young-belong-sure = Pot fi de la { $low } la { $high }.
young-belong-hidden = Nu spunem câți copii au locul lor aici. Așa rămâneți în siguranță.
young-differs = Nu fiecare copil simte că are locul lui. Nu este vina lor. Școala trebuie să ajute.

old-how-title = De unde știm?
old-how-sure = Numărul se schimbă puțin după cine răspunde. De aceea spunem între ce numere se află.
old-how-few = Nu spunem nimic despre mai puțin de { $few } elevi. Așa nu te poate găsi nimeni.
old-how-cause = Un număr nu spune din ce cauză este așa. Despre asta trebuie să vorbim.
