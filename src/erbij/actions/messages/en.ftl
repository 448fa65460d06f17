# The words of choices. Ids are shared by all languages; a number stands beside its interval.

## What asks for a decision
where-all = everyone together
where-unit = { $unit }
signal-gap = { $breakdown }, { $group }: { $points ->
    [one] 1 point
   *[other] { $points } points
 } lower than { $where } (probably { $low } to { $high })
signal-gap-minority-little = Pupils of a minority who meet little unfair treatment: { $points ->
    [one] 1 point
   *[other] { $points } points
 } lower than pupils of the majority who meet as little (probably { $low } to { $high }; { $where })
signal-treatment-minority-much = Much unfair treatment goes with { $points ->
    [one] 1 point
   *[other] { $points } points
 } less belonging for pupils of a minority (probably { $low } to { $high }; { $where })
signal-treatment-majority-much = Much unfair treatment goes with { $points ->
    [one] 1 point
   *[other] { $points } points
 } less belonging for pupils of the majority (probably { $low } to { $high }; { $where })
signal-under-surely = { $scale }: { $mean } on a scale of 0 to 100 (probably { $low } to { $high }), under the line of { $line }; { $where }
signal-under-perhaps = { $scale }: { $mean } on a scale of 0 to 100 (probably { $low } to { $high }), perhaps under the line of { $line }; { $where }
signal-over-surely = { $scale }: { $mean } on a scale of 0 to 100 (probably { $low } to { $high }), over the line of { $line }, and here high is worse; { $where }
signal-over-perhaps = { $scale }: { $mean } on a scale of 0 to 100 (probably { $low } to { $high }), perhaps over the line of { $line }, and here high is worse; { $where }

part-facet-acceptance = Being accepted
part-facet-appreciation = Being appreciated
part-facet-inclusion = Being included
part-facet-support = Being supported
part-facet-autonomy = Having a say and being respected
part-facet-individual = Being seen as yourself
part-facet-participation = Being part of school life
part-facet-identity = Being free to show who you are
part-source-teachers = Belonging with teachers
part-source-peers = Belonging with fellow pupils
part-source-school = Belonging in the rules and habits of the school
part-context-class = Belonging in class
part-context-playground = Belonging on the playground
part-context-school = Belonging in the whole school
part-context-activities = Belonging in activities
part-context-home = Belonging between school and home

## Decisions
status-quo = { $days ->
    [0] status quo, not chosen · since today
    [one] status quo, not chosen · 1 day
   *[other] status quo, not chosen · { $days } days
 }
chosen-act = We act
chosen-look-closer = We look closer first
chosen-leave = We knowingly leave it as it is: { $reason }
standing-shows = The last results show this.
standing-shows-no-longer = The last results no longer show this. Nothing was chosen, so it stays here until you choose.
standing-not-told = The last results do not tell this, to protect pupils. It stays here until you choose.
cost = If nothing changes, we expect { $low } to { $high } pupils below the line this year, of the { $of } who answered here. Who they are, nobody knows.
cost-at-most = If nothing changes, we expect at most { $high } pupils below the line this year, of the { $of } who answered here. It may be none.
cost-exactly = If nothing changes, we expect about { $count } pupils below the line this year, of the { $of } who answered here. Who they are, nobody knows.
cost-not-told = How many pupils this is about is not told.

## Why an action is offered
fits-breakdown = It is meant for differences by { $breakdown }.
fits-treatment = It works on unfair treatment.
fits-belonging = Its evidence is about belonging itself.
fits-scale = It works on this: { $scale }.
fits-opportunity = It belongs to this opportunity: { $scale }.
fits-also-scale = It also works on what is low here: { $scale }.
fits-also-opportunity = The opportunity it belongs to is low here: { $scale }.

## A divided budget
rule = First where most pupils are expected below the line, and more where they are furthest below. Every further { $effort ->
    [money] euro
   *[hours] hour
 } in a place helps a little less. Assumed, and no finding: an action that gets all it asks for brings { $reach }% of those below the line above it, perhaps { $low }%, perhaps { $high }%.
division-need = By need: { $below } pupils below the line (probably { $low } to { $high }).
division-equal = In equal shares: { $below } pupils below the line (probably { $low } to { $high }).
division-present = As it is divided now: { $below } pupils below the line (probably { $low } to { $high }).
division-who = By need { $more ->
    [one] 1 place gets
   *[other] { $more } places get
 } more than an equal share, and { $less ->
    [one] 1 place gets
   *[other] { $less } places get
 } less.
division-fragile = How fragile is this? In { $same }% of the draws from the uncertain figures exactly the same places get more; on average { $overlap }% of them stay.
division-depth-lowered = Those furthest below count a little less than asked, so that no more pupils stay below the line than with equal shares.
division-not-told = { $count ->
    [one] Of 1 place
   *[other] Of { $count } places
 } the need is not told, to protect pupils: each gets an equal share.
division-overruled = { $unit }: the team decided otherwise. { $reason }

## Looking back
power = With { $units } places you can see a change of { $points } points or more, { $chance } times in 100. A smaller one may well escape.
evaluation-better = Where the action ran ({ $ran } places), belonging went up by { $points } points more than where it did not ({ $compared } places); probably { $low } to { $high }.
evaluation-worse = Where the action ran ({ $ran } places), belonging went up by { $points } points less than where it did not ({ $compared } places); probably { $low } to { $high }.
evaluation-unclear = Whether belonging changed more where the action ran ({ $ran } places) than where it did not ({ $compared } places) can not be told: between { $low } and { $high } points is possible. This does not show that it did nothing.
evaluation-by-lot = Where it ran first was decided by lot. So the action is the likely reason, or something else that happened just there.
evaluation-by-need = It ran where results were lower. The rise to be expected by chance is taken off; other reasons are possible.
evaluation-by-wish = It ran where people wanted it. They may differ in other ways, so this shows no cause.
evaluation-corrected = Without correction for chance at the start it would be { $points } points; { $share }% of the differences at the start were real.
evaluation-trend = Mind: already before the action these places moved apart by { $points } points. That can not come from the action.
evaluation-no-trend = Whether these places were already moving apart before, nobody knows: there was no earlier wave.

## Pupils divide a budget
vote-result = { $count ->
    [one] 1 proposal is carried out
   *[other] { $count } proposals are carried out
 }, { $refused ->
    [one] 1 is not
   *[other] { $refused } are not
 }; { $left } is left. Everyone’s vote was worth the same part of the money.

## A scan beside what pupils said
scan-agree-high = You and the pupils agree: this is largely there.
scan-agree-low = You and the pupils agree: this is largely missing.
scan-blind-spot = A blind spot, perhaps: you say that this is largely there, and pupils experience it otherwise.
scan-hidden-strength = Pupils experience more of this than you see yourselves.
scan-unclear = What pupils say lies around the line: it neither confirms nor contradicts what you see.
scan-not-told = There is too little to hold this against what pupils said.

## What is known of an action
strength-A = Strength A: a trial or a strong quasi-experiment.
strength-B = Strength B: longitudinal or observational.
strength-C = Strength C: a review or experts.
strength-none = No study known: reasoned.
design-trial = Trial, { $where }.
design-quasi-experiment = Quasi-experiment, { $where }.
design-longitudinal = Followed over time, { $where }.
design-observational = Observed once, { $where }.
design-review = Review of studies, { $where }.
design-expert = Judgement of experts, { $where }.
country = { $countries }
country-several = several countries
country-not-told = country not told
country-not-studied = not studied
evidence-effect = On { $outcome }: { $effect }
evidence-number = On { $outcome }: { $effect } ({ $measure } = { $value }; no interval told)
evidence-number-between = On { $outcome }: { $effect } ({ $measure } = { $value }; 95% interval { $low } to { $high })
belonging-measured = Belonging itself was measured.
belonging-not-measured = What is told here is not belonging itself.
source = { $source }, { $reference }
source-not-found = { $source }; its DOI or number is still to be looked up.
seen-second-hand = Read second-hand.
caution-not-studied = Nobody studied this action, as far as we know. Agree beforehand how you will see whether it helps.
caution-not-belonging = No study of this action that is told here is about belonging itself. Agree beforehand how you will see whether it helps.
