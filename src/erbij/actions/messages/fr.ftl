# Les mots du choix. Les identifiants sont les mêmes dans toutes les langues ; un nombre a son intervalle.

## Ce qui demande une décision
where-all = tout le monde ensemble
where-unit = { $unit }
signal-gap = { $breakdown }, { $group } : { $points ->
    [one] 1 point
   *[other] { $points } points
 } de moins que { $where } (probablement { $low } à { $high })
signal-gap-minority-little = Élèves d’une minorité qui subissent peu de traitement injuste : { $points ->
    [one] 1 point
   *[other] { $points } points
 } de moins que les élèves de la majorité qui en subissent aussi peu (probablement { $low } à { $high } ; { $where })
signal-treatment-minority-much = Beaucoup de traitement injuste va de pair avec { $points ->
    [one] 1 point
   *[other] { $points } points
 } d’appartenance en moins chez les élèves d’une minorité (probablement { $low } à { $high } ; { $where })
signal-treatment-majority-much = Beaucoup de traitement injuste va de pair avec { $points ->
    [one] 1 point
   *[other] { $points } points
 } d’appartenance en moins chez les élèves de la majorité (probablement { $low } à { $high } ; { $where })
signal-under-surely = { $scale } : { $mean } sur une échelle de 0 à 100 (probablement { $low } à { $high }), sous la ligne de { $line } ; { $where }
signal-under-perhaps = { $scale } : { $mean } sur une échelle de 0 à 100 (probablement { $low } à { $high }), peut-être sous la ligne de { $line } ; { $where }
signal-over-surely = { $scale } : { $mean } sur une échelle de 0 à 100 (probablement { $low } à { $high }), au-dessus de la ligne de { $line }, et ici haut est moins bon ; { $where }
signal-over-perhaps = { $scale } : { $mean } sur une échelle de 0 à 100 (probablement { $low } à { $high }), peut-être au-dessus de la ligne de { $line }, et ici haut est moins bon ; { $where }

part-facet-acceptance = Être accepté
part-facet-appreciation = Être apprécié
part-facet-inclusion = Être inclus
part-facet-support = Être soutenu
part-facet-autonomy = Avoir son mot à dire et être respecté
part-facet-individual = Être vu comme soi-même
part-facet-participation = Compter dans la vie de l’école
part-facet-identity = Pouvoir montrer qui l’on est
part-source-teachers = L’appartenance avec les enseignants
part-source-peers = L’appartenance avec les autres élèves
part-source-school = L’appartenance dans les règles et habitudes de l’école
part-context-class = L’appartenance en classe
part-context-playground = L’appartenance dans la cour
part-context-school = L’appartenance dans toute l’école
part-context-activities = L’appartenance dans les activités
part-context-home = L’appartenance entre l’école et la maison

## Décisions
status-quo = { $days ->
    [0] statu quo, pas choisi · depuis aujourd’hui
    [one] statu quo, pas choisi · { $days } jour
   *[other] statu quo, pas choisi · { $days } jours
 }
chosen-act = Nous agissons
chosen-look-closer = Nous regardons d’abord de plus près
chosen-leave = Nous laissons sciemment ainsi : { $reason }
standing-shows = Les derniers résultats le montrent.
standing-shows-no-longer = Les derniers résultats ne le montrent plus. Rien n’a été choisi : cela reste ici jusqu’à votre choix.
standing-not-told = Les derniers résultats ne le disent pas, pour protéger les élèves. Cela reste ici jusqu’à votre choix.
cost = Si rien ne change, nous attendons cette année { $low } à { $high } élèves sous la ligne, sur les { $of } qui ont répondu ici. Qui ils sont, personne ne le sait.
cost-at-most = Si rien ne change, nous attendons cette année au plus { $high } élèves sous la ligne, sur les { $of } qui ont répondu ici. Il se peut qu’il n’y en ait aucun.
cost-exactly = Si rien ne change, nous attendons cette année environ { $count } élèves sous la ligne, sur les { $of } qui ont répondu ici. Qui ils sont, personne ne le sait.
cost-not-told = Le nombre d’élèves concernés n’est pas dit.

## Pourquoi une action est proposée
fits-breakdown = Elle vise les différences selon { $breakdown }.
fits-treatment = Elle agit sur le traitement injuste.
fits-belonging = Ses études portent sur l’appartenance elle-même.
fits-scale = Elle agit sur ceci : { $scale }.
fits-opportunity = Elle relève de cette opportunité : { $scale }.
fits-also-scale = Elle agit aussi sur ce qui est bas ici : { $scale }.
fits-also-opportunity = L’opportunité dont elle relève est basse ici : { $scale }.

## Un budget réparti
rule = D’abord là où l’on attend le plus d’élèves sous la ligne, et davantage là où ils en sont le plus loin. Chaque { $effort ->
    [money] euro
   *[hours] heure
 } de plus dans un lieu aide un peu moins. Supposé, et non constaté : une action qui reçoit tout ce qu’elle demande fait passer { $reach } % de ceux qui sont sous la ligne au-dessus, peut-être { $low } %, peut-être { $high } %.
division-need = Selon le besoin : { $below } élèves sous la ligne (probablement { $low } à { $high }).
division-equal = À parts égales : { $below } élèves sous la ligne (probablement { $low } à { $high }).
division-present = Selon le partage actuel : { $below } élèves sous la ligne (probablement { $low } à { $high }).
division-who = Selon le besoin, { $more ->
    [one] { $more } lieu reçoit
   *[other] { $more } lieux reçoivent
 } plus qu’une part égale, et { $less ->
    [one] { $less } lieu
   *[other] { $less } lieux
 } moins.
division-fragile = Est-ce fragile ? Dans { $same } % des tirages des chiffres incertains, exactement les mêmes lieux reçoivent plus ; en moyenne { $overlap } % d’entre eux restent.
division-depth-lowered = Ceux qui sont le plus loin sous la ligne comptent un peu moins que demandé, pour qu’il ne reste pas plus d’élèves sous la ligne qu’à parts égales.
division-not-told = { $count ->
    [one] Pour { $count } lieu
   *[other] Pour { $count } lieux
 }, le besoin n’est pas dit, pour protéger les élèves : chacun reçoit une part égale.
division-overruled = { $unit } : l’équipe en a décidé autrement. { $reason }

## Regarder en arrière
power = Avec { $units } lieux, vous pouvez voir un changement de { $points } points ou plus, { $chance } fois sur 100. Un plus petit peut vous échapper.
evaluation-better = Là où l’action a eu lieu ({ $ran } lieux), l’appartenance a monté de { $points } points de plus qu’ailleurs ({ $compared } lieux) ; probablement { $low } à { $high }.
evaluation-worse = Là où l’action a eu lieu ({ $ran } lieux), l’appartenance a monté de { $points } points de moins qu’ailleurs ({ $compared } lieux) ; probablement { $low } à { $high }.
evaluation-unclear = On ne peut pas dire si l’appartenance a changé davantage là où l’action a eu lieu ({ $ran } lieux) qu’ailleurs ({ $compared } lieux) : entre { $low } et { $high } points est possible. Cela ne montre pas qu’elle n’a rien fait.
evaluation-by-lot = Le sort a décidé où elle commençait. L’action est donc la raison probable, ou autre chose arrivé justement là.
evaluation-by-need = Elle a eu lieu là où les résultats étaient plus bas. La hausse due au hasard est retirée ; d’autres raisons restent possibles.
evaluation-by-wish = Elle a eu lieu là où on la voulait. Ces lieux peuvent différer autrement ; cela ne montre donc pas de cause.
evaluation-corrected = Sans correction pour le hasard du départ, ce serait { $points } points ; { $share } % des différences de départ étaient réelles.
evaluation-trend = Attention : déjà avant l’action, ces lieux s’écartaient de { $points } points. Cela ne peut pas venir de l’action.
evaluation-no-trend = Si ces lieux s’écartaient déjà avant, personne ne le sait : il n’y avait pas d’enquête antérieure.

## Les élèves répartissent un budget
vote-result = { $count ->
    [one] { $count } projet est réalisé
   *[other] { $count } projets sont réalisés
 }, { $refused ->
    [one] { $refused } ne l’est pas
   *[other] { $refused } ne le sont pas
 } ; il reste { $left }. Chaque vote valait la même part de l’argent.

## Un scan à côté de ce que disent les élèves
scan-agree-high = Vous et les élèves êtes d’accord : cela existe en grande partie.
scan-agree-low = Vous et les élèves êtes d’accord : cela manque en grande partie.
scan-blind-spot = Peut-être un angle mort : vous dites que cela existe en grande partie, les élèves le vivent autrement.
scan-hidden-strength = Les élèves en vivent plus que vous n’en voyez.
scan-unclear = Ce que disent les élèves est autour de la ligne : cela ne confirme ni ne contredit ce que vous voyez.
scan-not-told = Il y a trop peu pour comparer avec ce que disent les élèves.

## Ce que l’on sait d’une action
strength-A = Force A : un essai ou une quasi-expérience solide.
strength-B = Force B : suivi dans le temps ou observation.
strength-C = Force C : une revue ou des experts.
strength-none = Aucune étude connue : raisonné.
design-trial = Essai, { $where }.
design-quasi-experiment = Quasi-expérience, { $where }.
design-longitudinal = Suivi dans le temps, { $where }.
design-observational = Observé une fois, { $where }.
design-review = Revue d’études, { $where }.
design-expert = Avis d’experts, { $where }.
country = { $countries }
country-several = plusieurs pays
country-not-told = pays non indiqué
country-not-studied = non étudié
evidence-effect = Sur { $outcome } : { $effect }
evidence-number = Sur { $outcome } : { $effect } ({ $measure } = { $value } ; pas d’intervalle indiqué)
evidence-number-between = Sur { $outcome } : { $effect } ({ $measure } = { $value } ; intervalle à 95 % { $low } à { $high })
belonging-measured = L’appartenance elle-même a été mesurée.
belonging-not-measured = Ce qui est dit ici n’est pas l’appartenance elle-même.
source = { $source }, { $reference }
source-not-found = { $source } ; son DOI ou numéro reste à chercher.
seen-second-hand = Lu de seconde main.
caution-not-studied = Cette action n’a pas été étudiée, à notre connaissance. Convenez d’avance comment voir si elle aide.
caution-not-belonging = Aucune étude citée pour cette action ne porte sur l’appartenance elle-même. Convenez d’avance comment voir si elle aide.
