# Les mots du rapport. Les ids sont les mêmes dans toutes les langues ; un nombre a son intervalle à côté.
# Valeurs : $mean, $low, $high et autres arrivent mis en forme ; les effectifs sont des nombres, pour le pluriel.

## Qui a répondu, selon $audience, que chaque message connaît
people = { $audience ->
    [parents] parents
    [staff] collègues
   *[pupils] élèves
 }
of-people = { $audience ->
    [parents] de parents
    [staff] de collègues
   *[pupils] d’élèves
 }
People = { $audience ->
    [parents] Parents
    [staff] Collègues
   *[pupils] Élèves
 }
person = { $audience ->
    [parents] parent
    [staff] collègue
   *[pupils] élève
 }

## Partout
brand = Erbij
made-up = Chiffres inventés, pour s’exercer seulement
report-lead = { $audience ->
    [parents] Ce que les parents disent de la place de leur enfant et de leur famille, pour toutes les personnes qui travaillent à l’école.
    [staff] Ce que l’équipe voit de la place des élèves, et dit de la sienne, pour toutes les personnes qui travaillent à l’école.
   *[pupils] Ce que les élèves disent de leur place à l’école, pour toutes les personnes qui y travaillent.
 }
contents = Dans ce rapport
table-show = Voir le tableau
how-sure = Est-ce sûr ?
not-told = Ce que cela ne dit pas
not-shown = non montré, pour protéger les { people }
everyone-line = tous ensemble { $mean }
column-group = Groupe
column-mean = Moyenne
column-interval = Intervalle
column-below = Sous la ligne
column-pupils = { People }
column-question = À propos de
column-count = Nombre
column-what = Quoi
interval = { $low } à { $high }
percent = { $share } %
percent-at-most = { $share } % au plus
percent-at-least = { $share } % au moins
points = { $gap ->
    [1] 1 point
   *[other] { $gap } points
 }
under-one-point = moins de 1 point

## Graphiques
chart-subtitle = Appartenance moyenne de 0 à 100, avec la zone où se trouve sans doute la vraie moyenne
chart-subtitle-scales = Moyenne de 0 à 100, avec la zone où se trouve sans doute la vraie moyenne
chart-note = Point : moyenne. Bande : intervalle à 95 %. Losange : plus bas que tous ensemble, au-delà du hasard.
chart-note-scales = Point : moyenne. Bande : intervalle à 95 %.
chart-alt = { $title } : { $rows }.
chart-alt-many = { $title } : { $count } lignes, de { $low } à { $high }. Tous les nombres sont dans le tableau de ce graphique.
chart-alt-row = { $label } { $mean }, sans doute de { $low } à { $high }
chart-alt-withheld = { $label } non montré
chart-alt-change = { $then }, maintenant { $now }
column-share = Part

## 1 Qui a répondu
answered = Qui a répondu ?
answered-lead = { $n } des { $asked } { people } interrogés ont donné assez de réponses pour compter : { $response } %.
answered-missing = { $share } % des questions sur l’appartenance sont restées sans réponse (sans doute de { $low } à { $high } %).
answered-straight = { $share } % des { people } ont donné la même réponse à toutes les questions (sans doute de { $low } à { $high } %). Ces réponses comptent : nous ne savons pas pourquoi elles ont été données.
answered-straight-at-most = Au plus { $share } % des { people } ont donné la même réponse à toutes les questions. Ces réponses comptent : nous ne savons pas pourquoi elles ont été données.
answered-straight-at-least = Au moins { $share } % des { people } ont donné la même réponse à toutes les questions. Ces réponses comptent : nous ne savons pas pourquoi elles ont été données.
answered-trust = { $label } : { $mean } sur une échelle de 0 à 100 (sans doute de { $low } à { $high }).
answered-hidden = Le nombre de réponses n’est pas montré, pour protéger les { people }.
answered-groups = Qui se trouve dans ces chiffres
answered-excluded = Ce qui n’a pas compté, et pourquoi
answered-not-told = Nous ne savons pas ce qu’auraient dit les { people } qui n’ont pas répondu.
excluded-too-few-answers = { People } avec trop peu de réponses pour « { $where } »
excluded-missing-code = Réponses notées comme manquantes dans « { $where } »
excluded-no-unit = { People } dont la donnée « { $where } » n’est pas connue
excluded-no-group = { People } sans réponse à « { $where } »
excluded-no-discrimination-answer = { People } sans réponse sur « { $where } »
excluded-no-outcome = { People } sans donnée sur « { $where } »
excluded-no-weight = { People } sans poids
excluded-item-not-in-file = La question « { $where } » n’est pas dans le fichier
excluded-undecodable = Questionnaires arrivés abîmés, impossibles à lire
excluded-none = Rien qui concerne { $threshold } { people } ou plus.
unit-school = école
unit-grade = année d’études
unit-class = classe

## 2 Combien d’élèves ont leur place
level = { $audience ->
    [parents] Les familles ont-elles leur place ?
    [staff] Les élèves ont-ils leur place, vu par l’équipe ?
   *[pupils] Combien d’élèves ont leur place à l’école ?
 }
level-lead = { $audience ->
    [parents] Sur une échelle de 0 à 100, les parents donnent en moyenne { $mean } à la place de leur enfant et de leur famille (sans doute de { $low } à { $high }).
    [staff] Sur une échelle de 0 à 100, les collègues donnent en moyenne { $mean } à la place des élèves (sans doute de { $low } à { $high }).
   *[pupils] Sur une échelle de 0 à 100, le sentiment d’appartenance est de { $mean } en moyenne (sans doute de { $low } à { $high }).
 }
level-below = { $share } % des { people } sont sous { $line } (sans doute de { $low } à { $high } %). Là, le « plutôt non » pèse plus que le « plutôt oui ».
level-below-at-most = Au plus { $share } % des { people } sont sous { $line }. Ce n’est pas dit plus précisément, pour protéger les { people }.
level-below-at-least = Au moins { $share } % des { people } sont sous { $line }. Ce n’est pas dit plus précisément, pour protéger les { people }.
level-hidden = { $audience ->
    [parents] La place des familles n’est pas montrée, pour protéger les parents.
    [staff] Ce que l’équipe voit n’est pas montré, pour protéger les collègues.
   *[pupils] Le nombre d’élèves qui ont leur place n’est pas montré, pour protéger les élèves.
 }
level-figure = L’appartenance, partie par partie
level-figure-whole = L’appartenance dans son ensemble
level-own = La place des { people } eux-mêmes
level-band = { $low } à { $high }
level-distribution = Comment les { people } se répartissent-ils sur l’échelle ?
level-distribution-subtitle = Sur 100 { people }, dans chaque partie de l’échelle
level-distribution-note = Colonne : combien se situent dans cette partie ; le trait : où se trouve sans doute la vraie part. Ligne pointillée : { $line }. Nous réunissons les parties avec peu de { people }.
level-below-figure = Combien sont sous { $line } ?
level-below-subtitle = Sur 100 { people }
level-below-note = Plein : sans doute au moins autant. Clair : peut-être. Trait : la part. Sans trait, on ne dit qu’une limite.
level-units = Par { $level }, dans l’ordre alphabétique
level-units-many = Les chiffres des { $count } unités ({ $level }) se trouvent dans cells.csv, à côté de ce rapport.
level-not-told = { $audience ->
    [parents] La ligne de { $line } est une convention, pas une frontière naturelle. Être juste au-dessus ne veut pas dire que tout va bien, être juste en dessous ne fait de personne un cas.
    [staff] La ligne de { $line } est une convention, pas une frontière naturelle.
   *[pupils] La ligne de { $line } est une convention, pas une frontière naturelle. Être juste au-dessus ne veut pas dire que tout va bien, être juste en dessous ne fait de personne un cas.
 }
level-sure = La vraie moyenne { of-people } comme ceux-ci se situe sans doute entre { $low } et { $high }.
everyone-row = Tous ensemble

facet-acceptance = Se sentir accepté
facet-appreciation = Se sentir apprécié
facet-inclusion = Participer avec les autres
facet-support = Recevoir du soutien
facet-autonomy = Avoir son mot à dire, dans le respect
facet-individual = Être vu pour soi-même
facet-participation = Faire partie de la vie de l’école
facet-identity = Pouvoir montrer qui l’on est
source-teachers = Avec les enseignants
source-peers = Avec les autres élèves
source-school = Dans les règles et habitudes de l’école
context-class = En classe
context-playground = Dans la cour
context-school = Dans toute l’école
context-activities = Pendant les activités
context-home = Entre l’école et la maison
part-facet = De quoi elle est faite
part-source = Grâce à qui
part-context = Où

## 3 Qui a moins sa place
groups = Qui a moins sa place ?
groups-lead-some = À ces groupes, l’école convient aujourd’hui moins qu’à tous les { people } ensemble :
groups-answer = L’école convient aujourd’hui moins à { $groups } qu’à tous ensemble.
groups-named = « { $breakdown } : { $group } »
groups-lead-none = Aucun des groupes montrés ne s’écarte assez de tous les { people } ensemble pour exclure le hasard.
groups-lead-hidden = Les groupes ne sont pas montrés, pour protéger les { people }.
groups-absent = { $audience ->
    [parents] Rien n’a été demandé aux parents qui les répartisse en groupes.
    [staff] Rien n’a été demandé aux collègues sur eux-mêmes : dans une petite équipe, cela permettrait de retrouver des personnes.
   *[pupils] Dans ce fichier, les élèves ne sont pas répartis en groupes.
 }
groups-gap = { $breakdown } · { $group } : { $points } de moins que tous ensemble (sans doute de { $low } à { $high }).
groups-reference = Par rapport à « { $group } », comme choisi dans cette étude
groups-difference = { $group } : { $points } de { $direction ->
    [lower] moins
   *[higher] plus
 } que « { $reference } » (sans doute de { $low } à { $high }).
groups-difference-unsure = { $group } : la différence avec « { $reference } » peut être due au hasard.
groups-sure = Nous comparons chaque groupe à tous les { people } ensemble, et non à un groupe pris comme norme. Sur { $count } comparaisons, environ une sur vingt ressort par le seul hasard.
groups-not-told = Une différence entre groupes ne dit rien d’un { person } en particulier, ni pourquoi elle existe. Les différences entre groupes renvoient au système : à ce que l’école rend possible, pas à ce qui manquerait à un { person }.

## 4 Le traitement
treatment = Quel rôle joue le traitement reçu ?
treatment-figure = Origine ou traitement ?
treatment-figure-majority = La même question au sein de la majorité
treatment-majority = Majorité
treatment-minority = Minorité
treatment-little = peu : { $measure }
treatment-much = beaucoup : { $measure }
treatment-lead-minority = Dans la minorité, les élèves qui en vivent beaucoup ({ $measure }) ont { $points } de { $direction ->
    [lower] moins
   *[higher] plus
 } que ceux qui en vivent peu (sans doute de { $low } à { $high }).
treatment-lead-majority = Au sein de la majorité, les élèves qui en vivent beaucoup ont { $points } de { $direction ->
    [lower] moins
   *[higher] plus
 } que ceux qui en vivent peu (sans doute de { $low } à { $high }).
treatment-lead-origin = Parmi les élèves qui en vivent peu, la minorité a { $points } de { $direction ->
    [lower] moins
   *[higher] plus
 } que la majorité (sans doute de { $low } à { $high }).
treatment-lead-origin-unsure = Parmi les élèves qui en vivent peu, la différence entre minorité et majorité peut être due au hasard.
treatment-lead-unsure = Ces réponses ne permettent pas de dire si les élèves qui en vivent beaucoup ({ $measure }) diffèrent de ceux qui en vivent peu.
treatment-lead-more = L’appartenance va donc de pair avec le traitement reçu, plus qu’avec l’origine.
treatment-hidden = Cette image n’est pas montrée, pour protéger les élèves.
treatment-hidden-answer = On ne peut pas distinguer ici l’origine du traitement : cette image n’est pas montrée, pour protéger les élèves.
treatment-absent = On n’a pas demandé à ces élèves comment ils sont traités, ou l’étude ne dit pas qui fait partie de la majorité. Ce rapport ne peut donc pas séparer l’origine du traitement.
treatment-sure = « Peu » est un score de { $line } au plus pour « { $measure } » ; au-dessus, c’est « beaucoup ». Une autre ligne donne d’autres chiffres.
treatment-not-told = Cela ne prouve pas que la cause est là ({ $measure }). Les élèves qui ont moins leur place le remarquent peut-être aussi davantage. C’est une raison de regarder, et de demander aux élèves.

## Chiffres qui ne sont pas des scores, en graphiques
column-difference = Différence
no-difference = pas de différence
chart-subtitle-shares = Part { of-people }, avec la zone où se trouve sans doute la vraie part
chart-subtitle-differences = Différence en points d’appartenance, sur une échelle de 0 à 100
chart-note-shares = Point : part. Bande : intervalle à 95 %.
chart-note-differences = Point : différence. Bande : intervalle à 95 %. Si la bande touche la ligne, c’est peut-être le hasard.

## Discrimination : par qui, pourquoi, et si elle était la même pour tous
discrimination = Qui est traité injustement, et par qui ?
discrimination-measure = traitement injuste
discrimination-met = { $share } % sont parfois ou plus souvent moins bien traités par { $source ->
    [teachers] des enseignants ou d’autres adultes de l’école
    [peers] d’autres élèves
   *[school] les règles de l’école
 } (sans doute de { $low } à { $high } %).
discrimination-met-at-most = { $share } % au plus sont parfois ou plus souvent moins bien traités par { $source ->
    [teachers] des enseignants ou d’autres adultes de l’école
    [peers] d’autres élèves
   *[school] les règles de l’école
 }.
discrimination-met-at-least = { $share } % au moins sont parfois ou plus souvent moins bien traités par { $source ->
    [teachers] des enseignants ou d’autres adultes de l’école
    [peers] d’autres élèves
   *[school] les règles de l’école
 }.
discrimination-lead = Tous n’en vivent pas autant ({ $measure }). Voici ce que les élèves en disent eux-mêmes.
discrimination-hidden = Qui en vit ({ $measure }) n’est pas montré, pour protéger les élèves.
discrimination-exposed = Dans la minorité, { $share } % en vivent beaucoup ({ $measure }, sans doute de { $low } à { $high } %) ; dans la majorité, { $share2 } % (sans doute de { $low2 } à { $high2 } %).
discrimination-exposed-alike = Ces deux zones se touchent : on ne peut pas dire ainsi si la minorité en vit davantage.
discrimination-origin = Les élèves de la minorité ont { $points } de { $direction ->
    [lower] moins
   *[higher] plus
 } pour l’appartenance que ceux de la majorité (sans doute de { $low } à { $high }).
discrimination-origin-unsure = Ces réponses ne permettent pas de dire si la minorité et la majorité diffèrent pour l’appartenance.
discrimination-equal = Supposons que les deux en vivent beaucoup aussi souvent ({ $measure }). La minorité aurait alors { $points } de { $direction ->
    [lower] moins
   *[higher] plus
 } (sans doute de { $low } à { $high }).
discrimination-equal-unsure = Supposons que les deux en vivent beaucoup aussi souvent ({ $measure }). Il ne resterait alors aucune différence que l’on puisse distinguer du hasard : entre { $low } et { $high } points.
discrimination-due = Le traitement inégal va de pair avec { $points } de la différence (sans doute de { $low } à { $high }).
discrimination-figure-sources = Moins bien traités parfois ou plus souvent, par qui ?
discrimination-figure-grounds = Pourquoi, selon les élèves eux-mêmes ?
discrimination-figure-equal = La minorité à côté de la majorité
discrimination-source-teachers = Enseignants et autres adultes
discrimination-source-peers = Autres élèves
discrimination-source-school = Règles de l’école
discrimination-ground-language = Langue ou façon de parler
discrimination-ground-origin = Origine ou couleur de peau
discrimination-ground-faith = Religion ou convictions
discrimination-ground-gender = Genre
discrimination-ground-body = Corps ou apparence
discrimination-ground-disability = Handicap, maladie ou difficultés d’apprentissage
discrimination-ground-money = Argent ou vêtements
discrimination-ground-orientation = Personnes pour qui j’ai des sentiments amoureux
discrimination-ground-other = Autre chose
discrimination-ground-unknown = Je ne sais pas
discrimination-row-origin = Comme c’est maintenant
discrimination-row-origin-equal = Si les deux en vivaient beaucoup aussi souvent ({ $measure })
discrimination-sure = Le calcul : la différence parmi ceux qui en vivent peu ({ $measure }) et celle parmi ceux qui en vivent beaucoup, chacune selon le nombre d’élèves de toute l’école.
discrimination-no-proof = C’est un calcul, pas la preuve d’une cause. Ce qui changerait vraiment sans cela ({ $measure }), nous ne le savons pas.
discrimination-not-told = Les élèves disent ce qu’ils remarquent. Qui ne remarque rien peut en être touché aussi. Et qui ne le dit pas a peut-être une raison.

## Combinaisons de groupes
intersections = Quelles combinaisons de groupes ont moins leur place ?
intersections-vpc = De toutes les différences entre { people }, environ { $share } % se situe entre les { $count } combinaisons de { $breakdowns } (probablement de { $low } à { $high } %).
intersections-vpc-none = Peut-être que les { $count } combinaisons de { $breakdowns } ne diffèrent pas du tout : entre 0 et { $high } % de toutes les différences entre { people } s'y situe.
intersections-usual = Quelques pour cent, c'est habituel. Cela ne veut pas dire que les écarts sont petits : à l'intérieur de chaque combinaison aussi, les réponses diffèrent beaucoup.
intersections-pcv = De ce qui distingue ces combinaisons, environ { $share } % est la simple somme de leurs groupes (probablement de { $low } à { $high } %). Des écarts qui s'additionnent sont tout aussi réels.
intersections-pcv-unsure = On ne peut pas bien dire quelle part en est la simple somme des groupes : tout est possible entre { $low } et { $high } %.
intersections-boundary = Au-delà de la somme, nous n'avons pas trouvé de différence entre combinaisons. Cela ne prouve pas qu'il n'y en a pas.
intersections-stands-out = { $combination } : { $points } { $direction ->
    [lower] de moins
   *[higher] de plus
} que la somme de ses groupes (probablement de { $low } à { $high }).
intersections-none-stands-out = D'aucune combinaison nous ne pouvons dire avec assez de certitude que c'est plus, ou moins, que la somme de ses groupes.
intersections-hidden = Trop peu de { people }, ou trop peu de combinaisons qui peuvent être montrées, pour en dire quelque chose. Réunissez pour cela des années ou des écoles.
intersections-figure = Sentiment d'appartenance attendu de chaque combinaison
intersections-note = Point : moyenne attendue, avec son intervalle à 95 %. Trait : la somme des groupes de la combinaison.
intersections-sure = Les petites combinaisons sont rapprochées de la somme de leurs groupes, pour que le hasard ne ressemble pas à une différence. Seules les combinaisons montrées comptent. Modèle : MAIHDA par maximum de vraisemblance restreint, intervalles à 95 % ; avec peu de combinaisons, une autre méthode peut donner une autre part.
intersections-ordered = Pour l’addition, ceci compte comme une seule ligne droite, de peu à beaucoup : { $breakdowns }. Avec des groupes séparés, une autre part peut en sortir.
intersections-not-told = Ceci ne dit pas pourquoi les combinaisons diffèrent. Cela ne dit rien des combinaisons qui ne sont pas montrées, et ne prouve pas qu'il ne se passe rien de particulier dans l'une d'elles.

## Où se situent les différences
systemic = Quelle est la part du système ?
systemic-level = De toutes les différences entre { people }, environ { $share } % se situe entre { $level ->
    [class] les classes
    [class-in-school] les classes d'une même école
   *[school] les écoles
} (probablement de { $low } à { $high } %).
systemic-level-none = Peut-être que { $level ->
    [class] les classes
    [class-in-school] les classes d'une même école
   *[school] les écoles
} ne diffèrent pas du tout : entre 0 et { $high } % de toutes les différences entre { people } s'y situe.
systemic-hidden = La répartition des différences n'est pas montrée, pour protéger { people }.
systemic-groups = De toutes les différences, entre groupes
systemic-schools = De toutes les différences dans une école, entre ses classes (par ordre alphabétique)
systemic-column-share = Part
systemic-figure = Où se trouvent les différences ?
systemic-figure-subtitle = Toutes les différences entre { people } font 100 %
systemic-figure-note = La barre entière, ce sont toutes les différences. Le reste se trouve entre { people } qui partagent une classe ou une école.
systemic-part = { $level ->
    [class] Entre classes
    [class-in-school] Entre classes d’une école
    [rest] Entre { people }
   *[school] Entre écoles
}
systemic-part-interval = sans doute { $low } à { $high } %
systemic-sure = Parts de toute la variation des scores entre { people }. Un intervalle qui commence à 0 veut dire qu'il n'y a peut-être aucune différence. Seules les classes et les écoles montrées comptent.
systemic-not-told = Ce qui est pareil partout ne se voit pas ici : même là où les classes ou les écoles ne diffèrent guère, l'école a sa part. Une petite part peut aussi être un grand écart pour un groupe.

## Ce qui a changé
change = Qu’est-ce qui a changé ?
change-mean = Le sentiment d’appartenance est maintenant { $points } plus { $direction ->
    [lower] bas
   *[higher] haut
} que lors de « { $then } » (sans doute { $low } à { $high }).
change-mean-unsure = On ne peut pas dire si l’appartenance a changé depuis « { $then } ». Elle est sans doute entre { $less } plus bas et { $more } plus haut.
change-below = Sous la ligne, il y a maintenant { $direction ->
    [lower] moins
   *[higher] plus
} { of-people } : sans doute { $low } à { $high } sur 100.
change-below-unsure = On ne peut pas dire s’il y a plus ou moins { of-people } sous la ligne. Sur 100, c’est sans doute entre { $lower } de moins et { $higher } de plus.
change-below-bound = Combien { of-people } sont en plus ou en moins sous la ligne n’est pas dit, pour protéger les { people }.
change-hidden = Ce qui a changé depuis « { $then } » n’est pas montré, pour protéger les { people }.
change-scale = { $what } : maintenant { $points } plus { $direction ->
    [lower] bas
   *[higher] haut
} qu’avant (sans doute { $low } à { $high }).
change-gap = { $what }, à côté de tous ensemble : maintenant { $points } plus { $direction ->
    [lower] bas
   *[higher] haut
} qu’avant (sans doute { $low } à { $high }).
change-none = On a aussi comparé { $count } autres chiffres. D’aucun on ne peut dire qu’il a changé : cela peut être le hasard.
change-low-then = La dernière fois, ceci frappait par un chiffre bas : { $groups }. Ce qui frappe ainsi remonte souvent la fois suivante, par pur hasard. Ne comptez donc pas tout de suite une hausse comme un gain.
change-entry = En { $grade }, l’année la plus jeune ici, d’autres { people } arrivent chaque fois. Le score est maintenant { $points } plus { $direction ->
    [lower] bas
   *[higher] haut
} (sans doute { $low } à { $high }).
change-entry-unsure = En { $grade }, l’année la plus jeune ici, d’autres { people } arrivent chaque fois. On ne peut pas dire si le score diffère : sans doute entre { $less } plus bas et { $more } plus haut.
change-response = Avant, { $then } % ont répondu, maintenant { $now } %. Une différence peut donc aussi venir de qui a répondu.
change-composition = Ceux qui ont répondu ne sont pas les mêmes : { $groups }. Une différence peut donc aussi venir de là.
change-composition-of = { $who } avant environ { $then } %, maintenant environ { $now } %
change-scales-left-out = { $count ->
    [one] Une échelle n’était
   *[other] { $count } échelles n’étaient
} pas mesurée de la même façon. Pour cela, on ne donne pas de différence.
change-block-made-up = Avec « { $then } », on ne compare pas : l’un des deux est inventé.
change-block-same = Avec « { $then } », on ne compare pas : ce sont les mêmes réponses.
change-block-schools = Avec « { $then } », on ne compare pas : il s’agit d’autres écoles.
change-block-instrument = Avec « { $then } », on ne compare pas : les questions étaient autres. Une différence en dirait plus sur les questions que sur les { people }.
change-block-score = Avec « { $then } », on ne compare pas : le score était fait d’une autre façon.
change-sure = Les marges viennent des deux fois, et comptent aussi ce qui est arrondi. On a regardé { $count } différences. Environ une sur vingt frappe par pur hasard.
change-sure-same = Beaucoup ont répondu les deux fois. On calcule comme si c’étaient chaque fois d’autres, car les réponses ne sont pas liées. Les marges sont donc plutôt trop larges que trop étroites.
change-not-told = Pourquoi quelque chose a changé. Une hausse ne prouve pas que vos actions ont marché : d’autres choses ont changé aussi.
change-not-told-classes = Si une classe a changé. Dans une classe du même nom, il y a un an plus tard d’autres { people }, et dans une année aussi. On n’a suivi personne.
change-limit = Pourquoi c’est autre que la dernière fois. Un changement après vos actions ne prouve pas qu’il vient d’elles.
change-asking = Enquête { $number }
change-column = Différence
change-figure = Tous ensemble, avant et maintenant
change-figure-groups = Les groupes, avant et maintenant
change-note = Point vide : avant. Point plein : maintenant. Bande : intervalle à 95 %. Losange : maintenant plus bas que tous ensemble, au-delà du hasard.
change-table = Chaque échelle, avant et maintenant
change-table-gaps = Les groupes à côté de tous ensemble, avant et maintenant
change-table-grades = Les années, avant et maintenant, avec d’autres { people }
## Les cinq leviers
opportunities-figure = { $audience ->
    [parents] Ce que les parents disent de l’accueil
    [staff] Ce que l’équipe fait des cinq leviers, d’après les collègues
   *[pupils] Ce que les élèves disent des cinq leviers
 }
opportunities-lead = Sur une échelle de 0 à 100, les { people } donnent à chaque levier une moyenne qui se situe sans doute entre { $low } et { $high }.
opportunities-hidden = Ce que les { people } disent des leviers n’est pas montré, pour protéger les { people }.
opportunities-sure = Chaque levier a d’autres questions. Un score plus bas ne prouve donc pas que ce levier est plus faible qu’un autre.
opportunities-not-told = Cela dit ce que les { people } voient, et non ce que l’école veut faire ou a mis par écrit. Cela ne dit pas quel levier aide le plus.
## L’écart est-il partout le même
spread = L’écart est-il partout le même ?
spread-some = Tous les écarts entre groupes ne sont pas partout les mêmes. Là où l’écart est plus petit, il y a quelque chose à apprendre.
spread-none = D’aucun groupe nous ne pouvons dire que l’écart est plus grand ici que là. Cela ne prouve pas qu’il soit partout le même : les groupes sont souvent trop petits.
spread-hidden = Si l’écart est partout le même n’est pas montré, pour protéger les { people }.
spread-differs = { $group } : l’écart avec les autres { people } n’est pas le même dans chaque { $level ->
    [class] classe
   *[school] école
 }. Il s’éloigne d’ordinaire d’environ { $points } de l’écart du milieu (sans doute de { $low } à { $high }).
spread-smaller = { $group } : ici, l’écart est sans doute plus petit qu’ailleurs, par ordre alphabétique : { $schools }. Allez voir ce qu’on y fait autrement.
spread-table = La taille de l’écart, et combien il varie
spread-column-level = Entre
spread-column-usual = Écart habituel
spread-column-sd = Combien il varie
spread-sure = Chaque groupe est comparé aux autres { people } de la même école ou classe. Les petits groupes sont rapprochés de l’écart habituel. Seuls les groupes montrés comptent. Une zone qui commence à 0 veut dire : peut-être est-ce partout pareil.
spread-not-told = Cela ne dit pas pourquoi l’écart est plus petit quelque part, et ce n’est pas un classement. Avec beaucoup de comparaisons, l’une peut aussi ressortir par hasard.

## Ce qui va de pair avec l’appartenance
conditions = Qu’est-ce qui va de pair avec l’appartenance ?
chart-subtitle-slopes = Points d’appartenance qui vont de pair avec 10 points de plus à chacune de ces questions
conditions-lead = Les { people } disent aussi ce qu’ils vivent à l’école. Ici, chaque point est mis à côté de l’appartenance, l’un après l’autre. Aller de pair ne veut pas encore dire causer.
conditions-hidden = Ce qui va de pair avec l’appartenance n’est pas montré, pour protéger les { people }.
conditions-within-more = Dans une même { $level ->
    [class] classe
   *[school] école
 }, les { people } qui en vivent davantage ont aussi plus leur place, en moyenne : { $conditions }.
conditions-within-less = Dans une même { $level ->
    [class] classe
   *[school] école
 }, les { people } qui en vivent davantage ont moins leur place, en moyenne : { $conditions }.
conditions-within-unsure = Dans une même { $level ->
    [class] classe
   *[school] école
 }, on ne peut pas dire si ceci va de pair avec l’appartenance : { $conditions }.
conditions-between-more = Les { $level ->
    [class] classes
   *[school] écoles
 } où les { people } en vivent ensemble davantage ont aussi un score d’appartenance plus élevé, en moyenne : { $conditions }.
conditions-between-less = Les { $level ->
    [class] classes
   *[school] écoles
 } où les { people } en vivent ensemble davantage ont un score d’appartenance plus bas, en moyenne : { $conditions }.
conditions-between-unsure = Entre { $level ->
    [class] classes
   *[school] écoles
 }, on ne peut pas dire si ceci va de pair avec l’appartenance : { $conditions }.
conditions-figure-within = Dans une même { $level ->
    [class] classe
   *[school] école
 }
conditions-figure-between = Entre { $level ->
    [class] classes
   *[school] écoles
 }
conditions-teacher-support = soutien des enseignants
conditions-voice = avoir voix au chapitre et être respecté
conditions-sure = Chaque point a été regardé seul, dans l’ordre du questionnaire et non selon la taille. Les chiffres sont rapprochés les uns des autres, pour que le hasard ressorte moins. Entre { $level ->
    [class] classes
   *[school] écoles
 }, ils sont moins sûrs : il y en a beaucoup moins.
conditions-not-told = Cela ne dit pas ce qui se passe si l’école y change quelque chose. Qui a sa place voit peut-être aussi plus de bien. Et ces chiffres ne forment pas un classement : ils se recoupent.
conditions-parts = Le soutien des enseignants et le fait d’avoir voix au chapitre font eux-mêmes partie de l’appartenance. Ici, ils sont à côté du reste de ces questions. Qu’ils aillent de pair va donc à moitié de soi.

## Ce qui va de pair avec l’appartenance : bien-être, vie commune et apprentissage
outcomes = Qu’est-ce qui va de pair avec l’appartenance dans ce qu’on ressent, vit ensemble et apprend ?
column-link = Lien
no-link = pas de lien
chart-subtitle-correlations = Lien avec l’appartenance, de −1 (exactement l’inverse) par 0 (pas de lien) à +1 (exactement ensemble)
chart-note-correlations = Point : lien. Bande : intervalle à 95 %. Si la bande touche la ligne, c’est peut-être le hasard.
outcomes-lead = L’appartenance n’est pas isolée. Voici ce qui allait de pair avec elle chez ces élèves.
outcomes-hidden = Ce qui va de pair avec l’appartenance ne peut pas être dit ici, ou n’est pas montré, pour protéger les { people }.
outcomes-more = Les élèves qui ont plus leur place ont { $strength ->
    [clear] nettement plus
    [some] un peu plus
   *[slight] à peine plus
 } de ceci : { $outcomes }.
outcomes-less = Les élèves qui ont plus leur place ont { $strength ->
    [clear] nettement moins
    [some] un peu moins
   *[slight] à peine moins
 } de ceci : { $outcomes }.
outcomes-unsure = On ne peut pas dire si ceci va de pair avec l’appartenance : { $outcomes }.
outcomes-figure = À quel point cela va de pair avec l’appartenance
outcomes-cited = Ce que dit la recherche ailleurs
outcomes-column-cited = En bref, avec la source
outcomes-about-motivation = Motivation et effort
outcomes-about-achievement = Résultats scolaires
outcomes-about-stress = Stress
outcomes-about-help = Demander de l’aide
outcomes-about-bullying = Harcèlement et violence
outcomes-about-absence = Absences
outcomes-about-leaving = Quitter l’école
outcomes-cited-motivation = Lien positif petit à modéré, sur 82 études (Korpershoek et al. 2020). Un lien, pas une cause.
outcomes-cited-achievement = Petit lien positif, sur 82 études (Korpershoek et al. 2020). Un lien, pas une cause.
outcomes-cited-stress = Moins de stress (cité : Newman et al. 2007 ; non relu).
outcomes-cited-help = Demander plus facilement soutien et soins (cité : Sithaldeen et al. 2022 ; non relu).
outcomes-cited-bullying = Moins de harcèlement et de violence (cité : Demanet et Van Houtte 2012 ; Wike et Fraser 2009 ; non relu).
outcomes-cited-absence = Petit lien négatif, sur 82 études (Korpershoek et al. 2020). Un lien, pas une cause.
outcomes-cited-leaving = Petit lien négatif avec le décrochage, sur 82 études (Korpershoek et al. 2020). Un lien, pas une cause.
outcomes-sure = Les mots suivent le bout prudent de la bande : « un peu » est un lien de 0,1 au moins, « nettement » de 0,3 au moins. Dans la recherche auprès d’élèves, de telles valeurs sont habituelles.
outcomes-not-told = Cela ne dit pas ce qui vient d’abord. Peut-être l’appartenance aide-t-elle à apprendre, peut-être apprendre donne-t-il le sentiment d’avoir sa place, et peut-être la maison et l’école jouent-elles un rôle dans les deux.

## À côté des autres
benchmark = Et à côté des autres ?
benchmark-network = { People } d’ici : { $points } plus { $direction ->
    [lower] bas
   *[higher] haut
} que ceux de « { $network } » ensemble (sans doute { $low } à { $high }).
benchmark-network-unsure = On ne peut pas dire si le score ici diffère de celui de « { $network } ». Il est sans doute entre { $less } plus bas et { $more } plus haut.
benchmark-hidden = La différence avec « { $network } » n’est pas montrée, pour protéger les { people }.
benchmark-block-made-up = Avec « { $network } », on ne compare pas : l’un des deux est inventé.
benchmark-block-same = Avec « { $network } », on ne compare pas : ce sont les mêmes réponses.
benchmark-block-instrument = Avec « { $network } », on ne compare pas : les questions y sont autres.
benchmark-block-score = Avec « { $network } », on ne compare pas : le score y est fait d’une autre façon.
benchmark-block-few = Avec « { $network } », on ne compare pas : il y a trop peu d’écoles. On pourrait y trouver une autre école.
benchmark-gaps = La distance des groupes à tous ensemble, là-bas et ici
benchmark-there = Là-bas
benchmark-here = Ici
benchmark-composition = Là-bas, d’autres { people } ont répondu. Une différence peut donc venir de qui va à l’école ici.
benchmark-third = À la seule question sur la place à l’école, cette part répond sous le milieu : { $here }. Dans PISA 2018, environ un sur trois ne se sentait pas à sa place.
benchmark-third-limit = C’était une autre question, avec d’autres réponses, pour des élèves de 15 ans de bien des pays. C’est tout au plus un repère, pas une norme.
benchmark-same-questions = PISA a posé les six mêmes questions. Le tableau dit ce que des élèves ont répondu ailleurs.
benchmark-ages = Ces chiffres sont d’élèves de 15 et 16 ans. Vos questions sont pour { $ages } ans. Ce sentiment baisse avec l’âge : dans TIMSS 2019, il était fort pour { $young } % en 4e année, et pour { $old } % en 8e.
benchmark-other-scale = Les moyennes de PISA viennent d’autres questions. On ne peut pas les mettre à côté des vôtres.
benchmark-elsewhere = Les mêmes questions ailleurs
benchmark-where = Où et quand
benchmark-age = Âge
benchmark-source = Source
benchmark-sure = Vos { people } comptent aussi dans le réseau. On calcule comme si ce n’était pas le cas. La marge est donc plutôt trop large que trop étroite.
benchmark-not-told = Si c’est assez bien. La moyenne des autres n’est pas un but : là aussi, il y a des { people } qui n’ont pas leur place. Dans un autre pays, une autre année ou une autre langue, on répond autrement.

## 5 Est-ce sûr
certainty = Dans quelle mesure est-ce sûr ?
certainty-interval = Chaque chiffre a sa zone. Si l’on interrogeait encore et encore des { people } comme ceux-ci, la zone contiendrait le vrai chiffre 95 fois sur 100.
certainty-reliability-good = Les questions mesurent ensemble une même chose : l’alpha est de { $alpha } ({ $low } à { $high }). Cela suffit pour comparer des groupes.
certainty-reliability-fair = Les questions vont assez bien ensemble : l’alpha est de { $alpha } ({ $low } à { $high }). Restez prudents face aux petites différences entre groupes.
certainty-reliability-poor = Les questions vont mal ensemble : l’alpha est de { $alpha } ({ $low } à { $high }). Ne bâtissez rien sur des différences entre groupes.
certainty-omega = L’oméga total, qui ne suppose pas que toutes les questions pèsent autant, est de { $omega } ({ $low } à { $high }).
certainty-status-validated = Le questionnaire a déjà été testé : { $title }.
certainty-status-not-validated = Le questionnaire est nouveau et n’est pas encore validé : { $title }. Lisez ces chiffres comme un premier regard, en attendant d’en savoir plus.
certainty-status-key-only = Les questions sont celles de { $title }. Erbij en garde la clé de calcul, pas le texte.
certainty-translation = Pas encore relu par une personne, donc à lire avec prudence : le questionnaire dans ces langues : { $languages }.
certainty-weights-replicates = Les chiffres sont pondérés, pour parler au nom de tous les { people } de l’enquête ; les zones viennent de { $count } poids de réplication.
certainty-weights = Les chiffres sont pondérés, pour parler au nom de tous les { people } de l’enquête.
certainty-score = Un { person } a un score si au moins { $share } % des questions ont une réponse.
certainty-protection = Un chiffre sur moins de { $threshold } { people } n’est pas montré, ni aucun autre qui permettrait de le calculer. Les effectifs des groupes sont arrondis. Sur { $total } chiffres, { $hidden } ne sont pas montrés.

## 6 Limites
limits = Ce que cela ne peut pas vous dire
limits-cause = { $audience ->
    [parents] Pourquoi des parents sentent qu’ils ont leur place ou non. Des chiffres qui vont ensemble ne sont pas une cause.
    [staff] Pourquoi l’équipe le voit ainsi. Des chiffres qui vont ensemble ne sont pas une cause.
   *[pupils] Pourquoi des élèves ont leur place ou non. Des chiffres qui vont ensemble ne sont pas une cause.
 }
limits-pupil = { $audience ->
    [parents] Comment va telle ou telle famille. Parlez avec les parents ; personne ne peut être retrouvé dans ces chiffres.
    [staff] Ce que pense tel ou tel collègue. Parlez-en ensemble ; personne ne peut être retrouvé dans ces chiffres.
   *[pupils] Comment va tel ou tel élève. Parlez avec les élèves ; personne ne peut être retrouvé dans ces chiffres.
 }
limits-ranking = Quel enseignant ou quelle classe est le meilleur. Les différences entre classes sont souvent dues au hasard.
limits-third = Si c’est « un sur trois » ici. Ce chiffre connu vient d’une seule question de PISA 2018, pas d’une échelle avec une ligne.
limits-age = Comment se comparent les plus jeunes et les plus âgés. Presque partout, l’appartenance baisse avec l’âge.
limits-time = Si c’était différent avant. Une seule enquête est un seul moment.
limits-twice = Si tout le monde a répondu une seule fois. Avec un lien ouvert, on peut répondre deux fois ou le transmettre ; un code par personne l’empêcherait, et permettrait de retrouver des personnes.
limits-reached = Ce que pensent les parents que le lien n’a pas atteints, ou à qui le temps ou les mots ont manqué.
limits-seen = Ce que ressentent les élèves. C’est ce que voit l’équipe ; le reste, seuls les élèves peuvent le dire.
limits-made-up = Quoi que ce soit sur de vrais { people }. Ces chiffres sont inventés.

## Le pont : élèves, parents et équipe côte à côte
bridge = Élèves, parents et équipe côte à côte
bridge-lead = Les mêmes choses, demandées à chacun avec ses mots : les derniers résultats de chacun.
bridge-whole = L’appartenance dans son ensemble
bridge-facets = Où voient-ils la même chose, et où non ?
bridge-opportunities = Ce que l’école rend possible
bridge-note = Point : moyenne. Bande : intervalle à 95 %. Losange : entièrement plus bas que l’un des autres.
bridge-who = { $audience ->
    [parents] Parents, sur l’enfant et la famille
    [staff] Équipe, sur les élèves
   *[pupils] Élèves, sur eux-mêmes
 }
bridge-side = Qui
bridge-apart = Sur ces points, les zones ne se touchent pas. Chacun est une raison d’en parler :
bridge-alike = Sur aucun des points montrés les zones ne sont séparées. Cela ne veut pas dire que tous voient la même chose : il y a peut-être trop peu de réponses pour le savoir.
bridge-hidden = Il n’y a rien ici à mettre côte à côte : trop de chiffres ne sont pas montrés, pour protéger les personnes.
bridge-gap = { $who } { $mean } (sans doute de { $low } à { $high }), { $who2 } { $mean2 } (sans doute de { $low2 } à { $high2 }) : les zones ne se touchent pas.
bridge-sure = Une différence n’est dite que si les deux zones ne se touchent pas. C’est strict, et voulu : { $count ->
    [one] { $count } paire est comparée
   *[other] { $count } paires sont comparées
 }.
bridge-not-told = Les questions se répondent, mais ne sont pas les mêmes. Les élèves disent ce qui leur arrive, les parents ce qu’ils remarquent, l’équipe ce qu’elle voit pour tous les élèves. La taille d’une différence en points dit donc peu.
bridge-limits-right = Qui a raison. Personne ne voit tout ; là où les regards diffèrent, demandez.
bridge-limits-same = Ce que des élèves et leurs propres parents disent les uns des autres. Les personnes qui ont répondu ne vont pas forcément ensemble, et les réponses ne sont jamais reliées.
bridge-limits-time = Si tous pensaient aux mêmes semaines. Des mois peuvent séparer les enquêtes.
bridge-limits-new = Si ces questions mesurent bien la même chose chez les élèves et chez les adultes. Elles sont nouvelles, et aucune donnée ne l’a encore dit.

## D’où cela vient
all-numbers = Tous les chiffres derrière les images
provenance = D’où cela vient
provenance-instrument = Questionnaire
provenance-source = Réponses
provenance-file = Fichier
provenance-policy = Protection
provenance-policy-value = { $policy }, au moins { $threshold } { people }
provenance-software = Fait avec
provenance-ages = Âge
provenance-ages-value = { $ages } ans
provenance-hash = Empreinte du fichier (SHA-256)

## Attaque
audit-tried = { $releases ->
    [one] Un fichier attaqué
   *[other] { $releases } fichiers attaqués ensemble
} : { $hidden } chiffres cachés{ $pairs ->
    [0] {""}
   *[other] , { $pairs } fois deux fichiers côte à côte
}.
audit-tried-inside = Attaqué par quelqu’un qui connaît la classe et les groupes de chacun des { $pupils } élèves : { $hidden } petits groupes, chaque élève seul, chaque petite différence et chaque réponse.
audit-stands = Rien n’a pu être déduit : aucun groupe caché, aucun élève.
audit-not-tried = Pas essayé : ce que quelqu’un sait par ailleurs.
audit-derived = Se déduit : { $group } ({ $breakdown }) dans { $unit }, à partir des chiffres voisins.
audit-few = L’effectif de { $unit } diffère de quelques élèves entre deux fichiers : qui les connaît peut calculer leur moyenne.
audit-group = Se déduit : { $count ->
    [one] un petit groupe
   *[other] { $count } petits groupes
}.
audit-pupil = Se déduit : la réponse { $count ->
    [one] d’un élève
   *[other] de { $count } élèves
}.
audit-difference = Se déduit : { $count ->
    [one] une différence
   *[other] { $count } différences
} de quelques élèves entre deux groupes.
audit-pinned = Presque connue : la réponse { $count ->
    [one] d’un élève
   *[other] de { $count } élèves
}.

## Mesure : peut-on comparer les groupes ?
dif-a = À score égal aux autres questions, tous les groupes répondent à peu près de la même façon à celle-ci.
dif-b = À score égal aux autres questions, certains groupes répondent assez différemment à celle-ci. Regardez sa formulation avant de comparer les groupes.
dif-c = À score égal aux autres questions, certains groupes répondent très différemment à celle-ci. Ne comparez pas les groupes avec elle avant de savoir pourquoi.
dif-not-uniform = L’ampleur de la différence dépend du score.
invariance-none = Dans au moins un groupe, ces questions ne mesurent pas assez bien une seule chose : ne comparez pas les scores des groupes.
invariance-configural = Les mêmes questions vont ensemble dans chaque groupe, mais elles ne pèsent pas partout autant : ne comparez pas les scores des groupes.
invariance-metric = Les questions pèsent autant dans chaque groupe, mais à niveau égal certaines reçoivent des réponses plus hautes dans un groupe que dans un autre : on peut comparer les liens, pas les moyennes.
invariance-scalar = Les questions fonctionnent de la même façon dans chaque groupe : on peut comparer les moyennes.
invariance-strict = Les questions fonctionnent de la même façon dans chaque groupe, avec la même précision : on peut comparer les moyennes et la dispersion.

## Les six pages, une question chacune
page-answered = Qui a répondu ?
page-level = { $audience ->
    [parents] Les familles ont-elles leur place ?
    [staff] Les élèves ont-ils leur place, selon l’équipe ?
   *[pupils] Combien d’élèves ont leur place ?
 }
page-groups = Qui a moins sa place ?
page-origin = D’où cela vient-il ?
page-opportunities = { $audience ->
    [parents] Que disent les parents de l’accueil ?
    [staff] Que dit l’équipe des cinq leviers ?
   *[pupils] Que disent les élèves des cinq leviers ?
 }
page-change = Qu’est-ce qui a changé ?
page-origin-absent = Avec ce questionnaire, on ne peut pas dire d’où cela vient.
page-opportunities-absent = Ce questionnaire ne demande rien sur ce que l’école rend possible.
page-change-absent = Il n’y a encore rien à comparer. Quand vous clôturerez une autre enquête avec ce questionnaire, cette page dira ce qui a changé depuis celle-ci.

## Parlez-en : trois questions pour chaque page
talk-answered-1 = Quelles voix manquent ici ? Comment les entendre quand même ?
talk-answered-2 = Qu’est-ce qui aiderait à répondre franchement la prochaine fois ?
talk-answered-3 = Que voulons-nous montrer à qui doute que les réponses servent à quelque chose ?
talk-level-1 = Quel chiffre diffère de ce que vous attendiez ? Sur quoi reposait cette attente ?
talk-level-2 = Où et quand les élèves sentent-ils qu’ils ont leur place ici ? Que faisons-nous là que nous pourrions faire ailleurs ?
talk-level-3 = Que vit ici, un mardi ordinaire, un élève qui n’a pas sa place ?
talk-groups-found = Lesquels de nos règles, habitudes et lieux conviennent moins à ces groupes ?
talk-groups-open = Aucun groupe ne se distingue avec certitude. Quelle expérience nous échappe peut-être quand même ?
talk-groups-2 = Pour qui d’entre nous l’école a-t-elle toujours convenu sans effort ? Que ne remarquons-nous donc pas ?
talk-groups-3 = Qui pourrait nous en dire plus ? Comment demander sans faire parler quelqu’un pour tout un groupe ?
talk-origin-found = Où reconnaissez-vous cela à l’école : en classe, dans la cour, dans les règles ?
talk-origin-open = Que savons-nous de la façon dont les élèves sont traités ici, et que n’avons-nous jamais demandé ?
talk-origin-2 = Qui d’entre nous ne vit jamais cela ? Comment cela se fait-il ?
talk-origin-3 = Qu’en dirait un élève d’ici ?
talk-opportunities-1 = Quel levier pensons-nous offrir, alors que les élèves le remarquent à peine ?
talk-opportunities-2 = Lequel est entre nos mains cette année ?
talk-opportunities-3 = Pour qui est-il plus petit que pour d’autres ? De quoi ont-ils davantage besoin ?
talk-change-found = Qu’avons-nous fait autrement depuis la dernière fois, et pour qui ?
talk-change-open = Que devraient pouvoir dire les élèves la prochaine fois, qu’ils ne peuvent pas dire maintenant ?
talk-change-2 = Qu’avons-nous promis aux élèves ? Savent-ils ce qu’il en est advenu ?
talk-change-3 = Qu’est-ce qui a changé ici que ces chiffres ne montrent pas ?

## Pourquoi l’appartenance : une annexe, et une page à elle
why = Pourquoi l’appartenance ?
why-limits-cause = La plupart de ces études montrent ce qui va ensemble, et non ce qui cause quoi. Avoir sa place peut aider les élèves, et qui va bien a peut-être plus vite sa place.
why-limits-cited = « Cité » veut dire que nous n’avons pas relu l’étude : aucun chiffre ne l’accompagne alors. Ce que nous avons lu n’en est pas plus certain.
why-limits-elsewhere = D’autres écoles, pays et âges peuvent différer des vôtres. Rien de ceci ne dit quelque chose d’un seul élève.
why-claim = { $block } : { $claim } ({ $origin })
why-psychological = Comment les élèves se sentent
why-social = Comment les élèves vivent ensemble
why-academic = Comment les élèves apprennent
why-lacking = Qui a moins sa place
why-systemic = Pourquoi c’est le système
why-status-read = lu
why-status-cited = cité, non relu
model = Où vit l’appartenance, et ce qui a été demandé
model-lead = L’appartenance vit dans un domaine social, un domaine personnel et un domaine scolaire, et le social pèse le plus. En dessous se trouve ce que l’école rend possible, et ce qui s’y oppose : la même école ne donne pas à tous les élèves les mêmes chances d’avoir leur place.
model-not-told = Le modèle vient d’entretiens avec 69 étudiants flamands issus de minorités ethniques dans l’enseignement supérieur (De Coninck, Stevens & Vantieghem). L’utiliser pour des élèves plus jeunes va plus loin que cette étude. La place de chaque question est notre choix.
model-about = Partie
model-social = Social : avec les autres
model-personal = Personnel : qui l’on est
model-academic = Scolaire : apprendre, et les enseignants
model-opportunity = Ce que l’école rend possible : les cinq leviers
model-discrimination = Ce qui s’y oppose : être moins bien traité
model-asked = Ce qui a été demandé

## Termes : nom, ce que cela veut dire, et les mots qui les désignent dans les phrases
term-belonging = appartenance
term-belonging-about = Se sentir accepté, apprécié, inclus et soutenu, par les enseignants et par les autres élèves ; être vu tel qu’on est ; et compter dans la vie de la classe et de l’école.
term-belonging-forms = appartenance, sentiment d’appartenance
term-scale = échelle de 0 à 100
term-scale-about = Les réponses à plusieurs questions, réunies : 0 est la réponse la plus basse à chaque question, 100 la plus haute. Ce n’est pas une note, et 60 n’est pas une réussite.
term-scale-forms = échelle de 0 à 100
term-mean = moyenne
term-mean-about = Tous les scores additionnés et divisés par leur nombre. Autour d’une moyenne, les personnes diffèrent beaucoup.
term-mean-forms = moyenne
term-interval = intervalle
term-interval-about = Les nombres entre lesquels se trouve sans doute le vrai chiffre. En interrogeant à nouveau, environ 95 intervalles sur 100 le contiendraient. Un intervalle large veut dire : nous savons peu.
term-interval-forms = intervalle, intervalles, sans doute
term-line = la ligne
term-line-about = Une limite convenue : en dessous, « plutôt non » pèse plus que « plutôt oui ». Ce n’est ni une limite naturelle, ni un diagnostic.
term-line-forms = sous la ligne, la ligne de
term-everyone = tous ensemble
term-everyone-about = Toutes les personnes qui ont répondu. Les groupes sont comparés à l’ensemble, pour qu’aucun ne soit la norme sans qu’on le dise.
term-everyone-forms = tous ensemble
term-chance = hasard
term-chance-about = Qui a répondu, et quel jour. Une différence peut être due au hasard quand son intervalle contient zéro.
term-chance-forms = hasard
term-withheld = non montré
term-withheld-about = Un chiffre sur trop peu de personnes, ou dont on pourrait déduire celui de quelques-unes. Il est laissé de côté pour les protéger, quoi qu’il dise.
term-withheld-forms = non montré, n’est pas montré
term-discrimination = discrimination
term-discrimination-about = Ici : combien de fois les élèves disent être moins bien traités ou exclus, par des enseignants, d’autres élèves ou des règles. C’est ce que les élèves vivent, et non ce que quelqu’un voulait.
term-discrimination-forms = discrimination
term-majority = majorité et minorité
term-majority-about = Une division que cette enquête a choisie, par une question sur l’origine. Elle dit qui est ici dans la position la plus habituelle, et non qui sont les gens.
term-majority-forms = majorité, minorité
term-opportunity = les cinq leviers
term-opportunity-about = Ce qu’une école a en main : des équipes diverses, le programme, un accueil chaleureux, un environnement adapté, et construire l’école ensemble.
term-opportunity-forms = leviers, levier
term-system = le système
term-system-about = Ce qu’une école rend possible : ses règles, habitudes, lieux, leçons et personnes. Des différences régulières entre groupes montrent cela, et non ce qui manque à un enfant.
term-system-forms = le système
term-combination = combinaison de groupes
term-combination-about = Personne n’est une seule chose. Ici, les élèves sont réunis selon plusieurs groupes à la fois, comme les filles qui parlent une autre langue à la maison.
term-combination-forms = combinaisons, combinaison
term-maihda = MAIHDA
term-maihda-about = Une façon de comparer beaucoup de combinaisons de groupes à la fois. Les petites sont tirées vers ce que leurs groupes prédisent ensemble, pour que le hasard ne ressemble pas à une différence.
term-maihda-forms = MAIHDA
term-alpha = alpha et oméga
term-alpha-about = À quel point les questions mesurent ensemble une seule chose, de 0 à 1. À partir d’environ 0,80, on peut comparer des groupes.
term-alpha-forms = alpha, oméga, omega
term-validated = validé
term-validated-about = Testé auprès de nombreux élèves, de sorte qu’on sait que les questions mesurent ce qu’elles doivent. Des questions nouvelles n’ont pas encore passé cela.
term-validated-forms = validé, validées
term-weighted = pondéré
term-weighted-about = Certaines réponses comptent pour plus d’élèves que d’autres, parce que ces élèves avaient moins de chances d’être interrogés.
term-weighted-forms = pondéré, pondérés

## Un réseau d’écoles
network-lead = Ce que des écoles disent ensemble : d’après leurs propres résultats, et rien d’autre.
network-heading = Qui a participé ?
network-who = { $schools } des { $of } écoles ont des résultats avec les mêmes questions : { $n } { people } ensemble.
network-sure = Une moyenne compte tous les { people } de la même façon ; sa certitude dépend de combien les écoles diffèrent. Une différence entre groupes est la différence habituelle dans une école.
network-not-told = Ceci ne classe pas les écoles et ne dit rien d’une seule école : cela se trouve dans ses propres résultats.
network-missing = Ce qu’une école ne montre pas, pour protéger les { people }, ne compte pas non plus ici. Un groupe n’apparaît que si cinq écoles au moins le montrent.

## Le moniteur de sécurité sociale des Pays-Bas
monitor-response = participation, en %
monitor-safety = sécurité ressentie
monitor-harm = atteintes à la sécurité
monitor-well-being = bien-être
monitor-better-high = plus haut est mieux
monitor-better-low = plus bas est mieux
monitor-state-shown = montré
monitor-state-withheld = caché pour protéger les élèves
monitor-state-not-asked = pas demandé
monitor-note = attention
monitor-note-averages = Uniquement des moyennes de toute l’école, de 0 à 100, tirées des résultats publiés de cette enquête. Une moyenne ne dit rien d’un élève, d’une classe ou d’un enseignant.
monitor-note-delivery = Ceci n’est pas une transmission à l’inspection. L’école transmet elle-même, dans la forme que demande l’inspection.
monitor-note-validated = Ces questions ne sont pas encore validées. La loi demande un instrument standardisé, valide et fiable ; cela n’est pas encore montré ici.
monitor-note-made-up = Ces données sont inventées.
