# Des mots simples, pour les parents et pour les élèves.
status = machine, not reviewed
unreviewed = Ces mots ont été faits par une machine. Personne ne les a encore relus.
made-up = Chiffres inventés, seulement pour s’exercer

## Ce qu’on a demandé aux élèves sur eux-mêmes
about-home-languages = Langue à la maison
about-parents-born = Où les parents sont nés
about-born-here = Où l’élève est né
about-gender = Garçon, fille ou un autre mot
about-books = Livres à la maison
about-extra-help = Besoin d’aide en plus
about-new-here = Première année dans cette école
about-faith = Religion
about-orientation = De qui on tombe amoureux

## Une page pour les parents
family-title = { $school } : ce que les élèves disent de leur place à l’école
family-day = Questions posées jusqu’au { $day }
family-intro = Les élèves ont répondu à des questions sur leur place à l’école. Personne ne peut voir qui a répondu quoi.
family-answered-title = Qui a répondu ?
family-answered = Élèves qui ont donné assez de réponses : { $n } sur { $asked }.
family-answered-count = Élèves qui ont donné assez de réponses : { $n }.
family-answered-hidden = Nous ne montrons pas combien d’élèves ont répondu, pour protéger les élèves.
family-belong-title = Combien sentent qu’ils ont leur place ?
family-belong = Sur 100 élèves qui ont répondu, environ { $share } sentent plutôt oui que non qu’ils ont leur place ici.
family-belong-at-least = Sur 100 élèves qui ont répondu, au moins { $share } sentent plutôt oui que non qu’ils ont leur place ici. Nous ne le disons pas plus exactement, pour protéger les élèves.
family-belong-at-most = Sur 100 élèves qui ont répondu, au plus { $share } sentent plutôt oui que non qu’ils ont leur place ici. Nous ne le disons pas plus exactement, pour protéger les élèves.
family-belong-sure = Nous ne le savons pas exactement : c’est probablement entre { $low } et { $high }.
family-belong-hidden = Nous ne montrons pas combien d’élèves sentent qu’ils ont leur place, pour protéger les élèves.
family-difference-title = L’école convient-elle aussi bien à tout le monde ?
family-difference = La plus grande différence dont nous sommes sûrs : { $about }, « { $group } ». Sur une échelle de 0 à 100, ces élèves ont { $points } de moins que tout le monde ensemble (probablement { $low } à { $high } de moins).
family-difference-caution = Nous ne savons pas pourquoi. Cela ne dit pas que ces élèves ont un défaut. Cela montre pour qui l’école doit faire plus. Et cela ne dit rien d’un seul enfant.
family-difference-none = Nous n’avons trouvé aucun groupe qui a sûrement moins sa place que tout le monde ensemble. Cela ne prouve pas qu’il n’y a aucune différence.
family-difference-hidden = Nous ne montrons rien sur des groupes d’élèves, pour protéger les élèves.
family-plan-title = Que va faire l’école ?
family-plan-space = À remplir par l’école
family-unknown-title = Ce que nous ne savons pas
family-unknown-why = Pourquoi les élèves se sentent ainsi.
family-unknown-child = Comment va votre enfant. Vous pouvez lui demander : quand sens-tu que tu as ta place à l’école ?
family-unknown-rest = Ce qu’auraient dit les élèves qui n’ont pas répondu.
family-turn-title = À qui pouvez-vous parler ?
family-turn = Vous avez une question ou un souci ? Venez voir l’enseignant ou la direction de l’école.
family-turn-call = Vous ou votre enfant pouvez aussi appeler :

## La page pour les élèves
pupils-title = Vous avez parlé, nous avons écouté
pupils-thanks = Merci pour vos réponses.
pupils-heard-title = Ce que nous avons entendu
pupils-answered = Élèves qui ont répondu : { $n } sur { $asked }.
pupils-answered-count = Élèves qui ont répondu : { $n }.
pupils-answered-hidden = Nous ne disons pas combien ont répondu. Ainsi vous restez protégés.
pupils-belong = Sur { $of } élèves, environ { $share } sentent qu’ils ont leur place ici.
pupils-belong-at-least = Sur { $of } élèves, au moins { $share } sentent qu’ils ont leur place ici.
pupils-belong-at-most = Sur { $of } élèves, au plus { $share } sentent qu’ils ont leur place ici.
pupils-belong-sure = Nous ne le savons pas exactement. C’est entre { $low } et { $high }.
pupils-belong-hidden = Nous ne disons pas combien ont leur place ici. Ainsi vous restez protégés.
pupils-differs = Tout le monde ne sent pas qu’il a sa place. Ce n’est pas leur faute. L’école doit faire mieux.
pupils-best = Ce qui va le mieux : { $place }.
pupils-least = Ce qui doit aller mieux : { $place }.
pupils-place-source-teachers = avec les enseignants
pupils-place-source-peers = avec les autres élèves
pupils-place-source-school = avec les règles de l’école
pupils-unknown-title = Ce que nous ne savons pas
pupils-unknown-who = Qui a donné quelle réponse. Personne ne peut le voir.
pupils-unknown-why = Pourquoi c’est ainsi. Vous le savez le mieux. Dites-le-nous !
pupils-unknown-rest = Ce que pensent ceux qui n’ont pas répondu.
pupils-next-title = Ce qui va se passer, et quand
pupils-talk-title = Tu veux parler ?
pupils-talk = Va voir un adulte de l’école en qui tu as confiance.
pupils-talk-call = Tu peux aussi appeler. C’est gratuit.
pupils-gone = Cette page n’est pas là, ou n’est plus là. Demande à ton enseignant.

tally-sure = Sent : j’ai ma place
tally-perhaps = Nous ne sommes pas sûrs
tally-rest = Ne le sent pas encore

young-belong = Pense à { $of } enfants. Environ { $share } sentent : j’ai ma place.
young-belong-at-least = Pense à { $of } enfants. Au moins { $share } sentent : j’ai ma place.
young-belong-at-most = Pense à { $of } enfants. Au plus { $share } sentent : j’ai ma place.
young-belong-sure = Cela peut aller de { $low } à { $high }.
young-belong-hidden = Nous ne disons pas combien d’enfants ont leur place. Ainsi vous restez protégés.
young-differs = Tous les enfants n’ont pas leur place. Ce n’est pas leur faute. L’école doit aider.

old-how-title = Comment le savons-nous ?
old-how-sure = Selon qui répond, le nombre change un peu. C’est pourquoi nous disons entre quels nombres il se trouve.
old-how-few = Nous ne disons rien sur moins de { $few } élèves. Ainsi personne ne peut te trouver.
old-how-cause = Un nombre ne dit pas d’où cela vient. Il faut en parler ensemble.
