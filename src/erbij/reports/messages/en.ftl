# The words of the report. Ids are shared by all languages; a number stands beside its interval.
# Values: $mean, $low, $high and the like come formatted; counts come as numbers, for their plural.

## Who answered, by $audience, which every message knows
people = { $audience ->
    [parents] parents
    [staff] colleagues
   *[pupils] pupils
 }
of-people = { $audience ->
    [parents] of parents
    [staff] of colleagues
   *[pupils] of pupils
 }
People = { $audience ->
    [parents] Parents
    [staff] Colleagues
   *[pupils] Pupils
 }
person = { $audience ->
    [parents] parent
    [staff] colleague
   *[pupils] pupil
 }

## Everywhere
brand = Erbij
made-up = Made-up figures, for practice only
report-lead = { $audience ->
    [parents] What parents say about the belonging of their child and their family, for everyone who works at school.
    [staff] What the team sees of the belonging of pupils, and says of its own, for everyone who works at school.
   *[pupils] What pupils say about belonging, for everyone who works at school.
 }
contents = In this report
table-show = Show as a table
how-sure = How sure is this?
not-told = What this does not tell you
not-shown = not shown, to protect { people }
everyone-line = everyone together { $mean }
column-group = Group
column-mean = Mean
column-interval = Interval
column-below = Below the line
column-pupils = { People }
column-question = About
column-count = Number
column-what = What
interval = { $low } to { $high }
percent = { $share }%
percent-at-most = at most { $share }%
percent-at-least = at least { $share }%
points = { $gap ->
    [1] 1 point
   *[other] { $gap } points
 }
under-one-point = less than 1 point

## Charts
chart-subtitle = Mean belonging from 0 to 100, with the range in which the real mean probably lies
chart-subtitle-scales = Mean from 0 to 100, with the range in which the real mean probably lies
chart-note = Dot: mean. Band: 95% interval. Diamond: lower than everyone together, beyond chance.
chart-note-scales = Dot: mean. Band: 95% interval.
chart-alt = { $title }: { $rows }.
chart-alt-many = { $title }: { $count } rows, from { $low } to { $high }. All numbers are in the table with this chart.
chart-alt-row = { $label } { $mean }, probably { $low } to { $high }
chart-alt-withheld = { $label } not shown
chart-alt-change = { $then }, now { $now }
column-share = Share

## 1 Who answered
answered = Who answered?
answered-lead = { $n } of the { $asked } { people } who were asked gave enough answers to count: { $response }%.
answered-missing = Of the questions about belonging, { $share }% was left open (probably { $low } to { $high }%).
answered-straight = { $share }% gave the same answer to every question (probably { $low } to { $high }%). Those answers count: we do not know why they were given.
answered-straight-at-most = At most { $share }% gave the same answer to every question. Those answers count: we do not know why they were given.
answered-straight-at-least = At least { $share }% gave the same answer to every question. Those answers count: we do not know why they were given.
answered-trust = { $label }: { $mean } on a scale of 0 to 100 (probably { $low } to { $high }).
answered-hidden = How many { people } answered is not shown, to protect { people }.
answered-groups = Who is in these figures
answered-excluded = What did not count, and why
answered-not-told = We do not know what the { people } who did not answer would have said.
excluded-too-few-answers = { People } with too few answers for “{ $where }”
excluded-missing-code = Answers marked as missing in “{ $where }”
excluded-no-unit = { People } for whom the { $where } is not known
excluded-no-group = { People } without an answer to “{ $where }”
excluded-no-discrimination-answer = { People } without an answer about “{ $where }”
excluded-no-outcome = { People } without a number for “{ $where }”
excluded-no-weight = { People } without a weight
excluded-item-not-in-file = Question “{ $where }” is not in the file
excluded-undecodable = Questionnaires that arrived damaged and could not be read
excluded-none = Nothing that touched { $threshold } { people } or more.
unit-school = school
unit-grade = grade
unit-class = class

## 2 How many belong
level = { $audience ->
    [parents] Do families belong?
    [staff] Do pupils belong, as the team sees it?
   *[pupils] How many pupils belong?
 }
level-lead = { $audience ->
    [parents] On a scale from 0 to 100, parents score { $mean } on average for the belonging of their child and their family (probably { $low } to { $high }).
    [staff] On a scale from 0 to 100, colleagues put the belonging of pupils at { $mean } on average (probably { $low } to { $high }).
   *[pupils] On a scale from 0 to 100, pupils score { $mean } on average for belonging (probably { $low } to { $high }).
 }
level-below = { $share }% score below { $line } (probably { $low } to { $high }%). That is where “rather no” outweighs “rather yes”.
level-below-at-most = At most { $share }% score below { $line }. It is not told more exactly, to protect { people }.
level-below-at-least = At least { $share }% score below { $line }. It is not told more exactly, to protect { people }.
level-hidden = { $audience ->
    [parents] Whether families belong is not shown, to protect parents.
    [staff] What the team sees is not shown, to protect colleagues.
   *[pupils] How many pupils belong is not shown, to protect pupils.
 }
level-figure = Belonging in its parts
level-figure-whole = Belonging as a whole
level-own = Belonging { of-people } themselves
level-band = { $low } to { $high }
level-distribution = How are { people } spread over the scale?
level-distribution-subtitle = Of every 100 { people }, in each part of the scale
level-distribution-note = Column: how many score in that part; the line in it: where the true share probably lies. Dotted line: { $line }. We take parts with few { people } together.
level-below-figure = How many are below { $line }?
level-below-subtitle = Of every 100 { people }
level-below-note = Full: probably at least so many. Light: perhaps. Stroke: the share. Without a stroke only a limit is told.
level-units = Per { $level }, in alphabetical order
level-units-many = The figures of the { $count } units ({ $level }) stand in cells.csv, beside this report.
level-not-told = { $audience ->
    [parents] The line of { $line } is an agreement, not a natural border. A parent just above it does not necessarily belong, and a parent just below it is not a case.
    [staff] The line of { $line } is an agreement, not a natural border.
   *[pupils] The line of { $line } is an agreement, not a natural border. A pupil just above it does not necessarily belong, and a pupil just below it is not a case.
 }
level-sure = The real mean { of-people } like these probably lies between { $low } and { $high }.
everyone-row = Everyone together

facet-acceptance = Being accepted
facet-appreciation = Being appreciated
facet-inclusion = Being included
facet-support = Being supported
facet-autonomy = Having a say and being respected
facet-individual = Being seen as yourself
facet-participation = Being part of school life
facet-identity = Being free to show who you are
source-teachers = With teachers
source-peers = With fellow pupils
source-school = In the rules and habits of the school
context-class = In class
context-playground = On the playground
context-school = In the whole school
context-activities = In activities
context-home = Between school and home
part-facet = What it is made of
part-source = By whom
part-context = Where

## 3 Who belongs less
groups = Who belongs less?
groups-lead-some = For these groups school now fits less than for everyone together:
groups-answer = School now fits less for { $groups } than for everyone together.
groups-named = “{ $breakdown }: { $group }”
groups-lead-none = None of the groups shown differs so much from everyone together that chance can be ruled out.
groups-lead-hidden = The groups are not shown, to protect { people }.
groups-absent = { $audience ->
    [parents] Parents were asked nothing that divides them into groups.
    [staff] Colleagues were asked nothing about themselves: in a small team that would find people.
   *[pupils] This file holds no division of pupils into groups.
 }
groups-gap = { $breakdown } · { $group }: { $points } lower than everyone together (probably { $low } to { $high }).
groups-reference = Compared with “{ $group }”, as chosen in this study
groups-difference = { $group }: { $points } { $direction ->
    [lower] lower
   *[higher] higher
 } than “{ $reference }” (probably { $low } to { $high }).
groups-difference-unsure = { $group }: the difference with “{ $reference }” may be chance.
groups-sure = We compare every group with everyone together, not with one group as the norm. With { $count } comparisons, about one in twenty stands out by chance alone.
groups-not-told = A difference between groups says nothing about one { person }, and does not say why. Differences between groups point to the system: to what a school affords, not to what a { person } lacks.

## 4 Treatment
treatment = What has treatment to do with it?
treatment-figure = Origin or treatment?
treatment-figure-majority = The same question within the majority
treatment-majority = Majority
treatment-minority = Minority
treatment-little = little { $measure }
treatment-much = much { $measure }
treatment-lead-minority = Minority pupils who meet much { $measure } score { $points } { $direction ->
    [lower] lower
   *[higher] higher
 } than minority pupils who meet little (probably { $low } to { $high }).
treatment-lead-majority = Majority pupils who meet much score { $points } { $direction ->
    [lower] lower
   *[higher] higher
 } than majority pupils who meet little (probably { $low } to { $high }).
treatment-lead-origin = Of pupils who meet little, those of the minority score { $points } { $direction ->
    [lower] lower
   *[higher] higher
 } than those of the majority (probably { $low } to { $high }).
treatment-lead-origin-unsure = Among pupils who meet little, the difference between minority and majority may be chance.
treatment-lead-unsure = Whether pupils who meet much { $measure } differ from pupils who meet little can't be told from these answers.
treatment-lead-more = So belonging goes with treatment more than with origin.
treatment-hidden = This picture is not shown, to protect pupils.
treatment-hidden-answer = Origin can’t be told from treatment here: that picture is not shown, to protect pupils.
treatment-absent = These pupils were not asked how they are treated, or the study does not say who is in the majority. So this report can't tell origin from treatment.
treatment-sure = “Little” is a score of at most { $line } on “{ $measure }”; above it is “much”. Another line gives other numbers.
treatment-not-told = This does not prove that { $measure } is the cause. Pupils who do not belong may also notice more of it. It is a reason to look, and to ask pupils.

## Numbers that are no score, in charts
column-difference = Difference
no-difference = no difference
chart-subtitle-shares = Share { of-people }, with the range in which the real share probably lies
chart-subtitle-differences = Difference in points of belonging, on a scale from 0 to 100
chart-note-shares = Dot: share. Band: 95% interval.
chart-note-differences = Dot: difference. Band: 95% interval. Where the band touches the line, it may be chance.

## Discrimination: by whom, why, and what if it were the same for all
discrimination = Who is treated unfairly, and by whom?
discrimination-measure = unfair treatment
discrimination-met = { $share }% are treated worse, sometimes or more often, by { $source ->
    [teachers] teachers or other adults at school
    [peers] other pupils
   *[school] the rules of the school
 } (probably { $low } to { $high }%).
discrimination-met-at-most = At most { $share }% are treated worse, sometimes or more often, by { $source ->
    [teachers] teachers or other adults at school
    [peers] other pupils
   *[school] the rules of the school
 }.
discrimination-met-at-least = At least { $share }% are treated worse, sometimes or more often, by { $source ->
    [teachers] teachers or other adults at school
    [peers] other pupils
   *[school] the rules of the school
 }.
discrimination-lead = Not everyone meets as much { $measure }. This is what pupils say of it themselves.
discrimination-hidden = Who meets { $measure } is not shown, to protect pupils.
discrimination-exposed = Of the minority, { $share }% meet much { $measure } (probably { $low } to { $high }%), of the majority { $share2 }% (probably { $low2 } to { $high2 }%).
discrimination-exposed-alike = These two ranges touch: whether the minority meets more of it can't be told this way.
discrimination-origin = How well do they belong? The minority scores { $points } { $direction ->
    [lower] lower
   *[higher] higher
 } than the majority: probably { $low } to { $high } points.
discrimination-origin-unsure = Whether minority and majority differ in belonging can't be told from these answers.
discrimination-equal = Suppose that both met much { $measure } equally often. Then the minority would score { $points } { $direction ->
    [lower] lower
   *[higher] higher
 } (probably { $low } to { $high }).
discrimination-equal-unsure = Suppose that both met much { $measure } equally often. Then no difference would be left that we can tell from chance: something between { $low } and { $high } points.
discrimination-due = Unequal treatment goes together with { $points } of the difference (probably { $low } to { $high }).
discrimination-figure-sources = Treated worse sometimes or more often, by whom?
discrimination-figure-grounds = Why, do pupils think themselves?
discrimination-figure-equal = Minority compared with majority
discrimination-source-teachers = Teachers and other adults
discrimination-source-peers = Other pupils
discrimination-source-school = Rules of the school
discrimination-ground-language = Language or the way I speak
discrimination-ground-origin = Origin or colour of my skin
discrimination-ground-faith = Faith or belief
discrimination-ground-gender = Gender
discrimination-ground-body = Body or how I look
discrimination-ground-disability = Disability, illness or trouble with learning
discrimination-ground-money = Money or clothes
discrimination-ground-orientation = Who I fall in love with
discrimination-ground-other = Something else
discrimination-ground-unknown = I don't know
discrimination-row-origin = As it is now
discrimination-row-origin-equal = If both met much { $measure } equally often
discrimination-sure = How it was worked out: the difference among those who meet little { $measure } and that among those who meet much, each weighed by how many of all pupils these are.
discrimination-no-proof = This is a calculation and no proof of a cause. What would really change without { $measure }, we do not know.
discrimination-not-told = Pupils say what they notice. Who notices nothing can still be touched by it. And who does not say so may have a reason.

## Combinations of groups
intersections = Which combinations of groups belong less?
intersections-vpc = Take all differences between { people } as one whole. About { $share }% of it lies between the { $count } combinations of { $breakdowns } (probably { $low } to { $high }%).
intersections-vpc-none = Perhaps the { $count } combinations of { $breakdowns } do not differ at all: between 0 and { $high }% of all differences between { people } lies there.
intersections-usual = A few per cent is usual. It does not mean that the gaps are small: { people } differ a great deal within each combination too.
intersections-pcv = Of what these combinations differ, about { $share }% is what their groups add up to (probably { $low } to { $high }%). Gaps that add up are just as real.
intersections-pcv-unsure = How much of that is simply what the groups add up to cannot be said well: anything between { $low } and { $high }%.
intersections-boundary = Beyond adding up, we found no difference between combinations. That does not prove that there is none.
intersections-stands-out = { $combination }: { $points } { $direction ->
    [lower] lower
   *[higher] higher
} than its groups add up to (probably { $low } to { $high }).
intersections-none-stands-out = Of no combination can we say with enough certainty that it is more, or less, than its groups add up to.
intersections-hidden = Too few { people }, or too few combinations that may be shown, to say anything about them. Put years or schools together to do so.
intersections-figure = Expected belonging of each combination
intersections-note = Dot: expected mean, with its 95% interval. Stroke: what the groups of the combination add up to.
intersections-sure = Small combinations are drawn towards what their groups add up to, so that chance does not look like a difference. Only combinations that are shown take part. Model: MAIHDA by restricted maximum likelihood, with 95% intervals; with few combinations another method can give another share.
intersections-ordered = In adding up, this counts as one straight line, from little to much: { $breakdowns }. With separate groups another share can come out.
intersections-not-told = This does not say why combinations differ. It tells nothing of combinations that are not shown, and it is no proof that nothing special happens in one of them.

## Where differences lie
systemic = How much is the system?
systemic-level = Of all differences between { people }, about { $share }% lies between { $level ->
    [class] classes
    [class-in-school] classes of one school
   *[school] schools
} (probably { $low } to { $high }%).
systemic-level-none = Perhaps { $level ->
    [class] classes
    [class-in-school] classes of one school
   *[school] schools
} do not differ at all: between 0 and { $high }% of all differences between { people } lies there.
systemic-hidden = How differences are divided is not shown, to protect { people }.
systemic-groups = Of all differences, between groups
systemic-schools = Of all differences within a school, between its classes (in alphabetical order)
systemic-column-share = Share
systemic-figure = Where do the differences lie?
systemic-figure-subtitle = All differences between { people } together are 100%
systemic-figure-note = The whole bar is all differences. What is left lies between { people } who share a class or school.
systemic-part = { $level ->
    [class] Between classes
    [class-in-school] Between classes of one school
    [rest] Between { people }
   *[school] Between schools
}
systemic-part-interval = probably { $low } to { $high }%
systemic-sure = Shares of all variation between { people } in their score. An interval that starts at 0 means that there may be no difference at all. Only classes and schools that are shown take part.
systemic-not-told = What is the same everywhere is not seen here: where classes or schools hardly differ, the school still has a part in how { people } belong. A small share can also be a large gap for one group.

## What changed
change = What changed?
change-mean = Belonging is now { $points } { $direction ->
    [lower] lower
   *[higher] higher
} than at “{ $then }” (probably { $low } to { $high }).
change-mean-unsure = We can't say whether belonging changed since “{ $then }”. Now it is probably between { $less } lower and { $more } higher.
change-below = Below the line there are now { $direction ->
    [lower] fewer
   *[higher] more
} { people }: probably { $low } to { $high } of every 100.
change-below-unsure = We can't say whether more or fewer { people } are below the line now. Of every 100, it is probably between { $lower } fewer and { $higher } more.
change-below-bound = How many more or fewer { people } are below the line is not told, to protect { people }.
change-hidden = What changed since “{ $then }” is not shown, to protect { people }.
change-scale = { $what }: now { $points } { $direction ->
    [lower] lower
   *[higher] higher
} than then (probably { $low } to { $high }).
change-gap = { $what }, beside everyone together: now { $points } { $direction ->
    [lower] lower
   *[higher] higher
} than then (probably { $low } to { $high }).
change-none = Besides, { $count } other figures were compared. Of none can we say that it changed: it may be chance.
change-low-then = Last time these stood out as low: { $groups }. What stands out as low is often higher the next time, by chance alone. So do not count a rise as a gain at once.
change-entry = In { $grade }, the youngest grade here, each time other { people } are new. Those of now score { $points } { $direction ->
    [lower] lower
   *[higher] higher
} than those of then (probably { $low } to { $high }).
change-entry-unsure = In { $grade }, the youngest grade here, each time other { people } are new. We can't say whether those of now score otherwise: it is probably between { $less } lower and { $more } higher.
change-response = Then { $then }% answered, now { $now }%. So a difference may also come from who answered.
change-composition = Who answered is not the same: { $groups }. So a difference may also come from that.
change-composition-of = { $who } about { $then }% then, about { $now }% now
change-scales-left-out = { $count ->
    [one] One scale was
   *[other] { $count } scales were
} not asked or scored in the same way then, so no difference is given.
change-block-made-up = With “{ $then }” there is no comparison: one of the two is made up.
change-block-same = With “{ $then }” there is no comparison: both are about the same answers.
change-block-schools = With “{ $then }” there is no comparison: it is about other schools.
change-block-instrument = With “{ $then }” there is no comparison: other questions were asked. A difference would say more about the questions than about { people }.
change-block-score = With “{ $then }” there is no comparison: the score was made in another way.
change-sure = The ranges come from both askings, and hold what was rounded. We looked at { $count } differences. About one in twenty stands out by chance alone.
change-sure-same = Many { people } answered both times. We reckon as if all were others, because answers are not linked. So the ranges are too wide rather than too narrow.
change-not-told = Why something changed. A rise is no proof that what you did has worked: other things changed too.
change-not-told-classes = Whether a class changed. A class of the same name holds other { people } a year later, and so does a grade. No { person } was followed.
change-limit = Why something is different from last time. That something changed after you acted does not prove that it was because of that.
change-asking = Asking { $number }
change-column = Difference
change-figure = Everyone together, then and now
change-figure-groups = Groups, then and now
change-note = Hollow dot: then. Full dot: now. Band: 95% interval. Diamond: now lower than everyone together, beyond chance.
change-table = Every scale, then and now
change-table-gaps = Groups beside everyone together, then and now
change-table-grades = Grades, then and now, with other { people } in them
## The five opportunities
opportunities-figure = { $audience ->
    [parents] What parents say about the welcome
    [staff] What colleagues say that the team does with the five opportunities
   *[pupils] What pupils say about the five opportunities
 }
opportunities-lead = On a scale from 0 to 100, { people } give each opportunity a mean that probably lies between { $low } and { $high }.
opportunities-hidden = What { people } say about the opportunities is not shown, to protect { people }.
opportunities-sure = Every opportunity has other questions. So a lower score is not a proof that this opportunity is weaker than another one.
opportunities-not-told = This says what { people } see, not what the school intends or has on paper. It does not say which opportunity helps most.
## Is the gap the same everywhere
spread = Is the gap the same everywhere?
spread-some = Not every gap between groups is the same everywhere. Where it is smaller, there is something to learn.
spread-none = Of no group can we say that the gap is larger here than there. That does not prove that it is the same everywhere: groups are often too small to tell.
spread-hidden = Whether the gap is the same everywhere is not shown, to protect { people }.
spread-differs = { $group }: the gap with the other { people } is not the same in every { $level ->
    [class] class
   *[school] school
 }. It usually lies about { $points } away from the middle gap (probably { $low } to { $high }).
spread-smaller = { $group }: here the gap is probably smaller than elsewhere, in alphabetical order: { $schools }. Go and look at what they do differently.
spread-table = How large the gap is, and how much it varies
spread-column-level = Between
spread-column-usual = Usual gap
spread-column-sd = How far it varies
spread-sure = Each group is compared with the other { people } of the same school or class. Small groups are drawn towards the usual gap. Only groups that are shown take part. A range that starts at 0 means: perhaps it is the same everywhere.
spread-not-told = This does not say why the gap is smaller somewhere, and it is no ranking. With many comparisons one may also stand out by chance.

## What goes with belonging
conditions = What goes with belonging?
chart-subtitle-slopes = Points of belonging that go with 10 points more on each of these questions
conditions-lead = { People } also say what they experience at school. Here each of these stands beside belonging, one at a time. What goes together is not yet a cause.
conditions-hidden = What goes with belonging is not shown, to protect { people }.
conditions-within-more = Within the same { $level ->
    [class] class
   *[school] school
 }, { people } who experience more of this also belong more, on average: { $conditions }.
conditions-within-less = Within the same { $level ->
    [class] class
   *[school] school
 }, { people } who experience more of this belong less, on average: { $conditions }.
conditions-within-unsure = Within the same { $level ->
    [class] class
   *[school] school
 }, we can't say of this whether it goes with belonging: { $conditions }.
conditions-between-more = { $level ->
    [class] Classes
   *[school] Schools
 } where { people } together experience more of this also score higher for belonging, on average: { $conditions }.
conditions-between-less = { $level ->
    [class] Classes
   *[school] Schools
 } where { people } together experience more of this score lower for belonging, on average: { $conditions }.
conditions-between-unsure = Between { $level ->
    [class] classes
   *[school] schools
 }, we can't say of this whether it goes with belonging: { $conditions }.
conditions-figure-within = Within the same { $level ->
    [class] class
   *[school] school
 }
conditions-figure-between = Between { $level ->
    [class] classes
   *[school] schools
 }
conditions-teacher-support = support by teachers
conditions-voice = having a say and being respected
conditions-sure = Each was looked at by itself, in the order of the questionnaire and not of size. The figures are drawn towards each other, so that chance stands out less. Between { $level ->
    [class] classes
   *[school] schools
 } they are less certain: there are far fewer of those.
conditions-not-told = This does not say what happens if the school changes something here. Who belongs may also see more good. And together these figures are no ranking: they overlap.
conditions-parts = Support by teachers and having a say are themselves a part of belonging. Here they stand beside the rest of those questions. That they go with it half goes without saying.

## What goes with belonging: well-being, living together and learning
outcomes = What goes with belonging in feeling, living together and learning?
column-link = Link
no-link = no link
chart-subtitle-correlations = Link with belonging, from −1 (exactly opposite) through 0 (no link) to +1 (exactly together)
chart-note-correlations = Dot: link. Band: 95% interval. Where the band touches the line, it may be chance.
outcomes-lead = Belonging does not stand alone. This is what went with it among these pupils.
outcomes-hidden = What goes with belonging can't be told here, or is not shown, to protect { people }.
outcomes-more = Pupils who belong more have { $strength ->
    [clear] clearly more
    [some] somewhat more
   *[slight] a little more
 } of: { $outcomes }.
outcomes-less = Pupils who belong more have { $strength ->
    [clear] clearly less
    [some] somewhat less
   *[slight] a little less
 } of: { $outcomes }.
outcomes-unsure = We can't say of this whether it goes with belonging: { $outcomes }.
outcomes-figure = How closely it goes with belonging
outcomes-cited = What research elsewhere says
outcomes-column-cited = In short, with source
outcomes-about-motivation = Motivation and effort
outcomes-about-achievement = Achievement
outcomes-about-stress = Stress
outcomes-about-help = Asking for help
outcomes-about-bullying = Bullying and violence
outcomes-about-absence = Absence and truancy
outcomes-about-leaving = Leaving school
outcomes-cited-motivation = Small to moderate positive link, over 82 studies (Korpershoek et al. 2020). A link, no cause.
outcomes-cited-achievement = Small positive link, over 82 studies (Korpershoek et al. 2020). A link, no cause.
outcomes-cited-stress = Less stress (cited: Newman et al. 2007; not re-read).
outcomes-cited-help = Asking for support and care more readily (cited: Sithaldeen et al. 2022; not re-read).
outcomes-cited-bullying = Less bullying and violence (cited: Demanet & Van Houtte 2012; Wike & Fraser 2009; not re-read).
outcomes-cited-absence = Small negative link, over 82 studies (Korpershoek et al. 2020). A link, no cause.
outcomes-cited-leaving = Small negative link with drop-out, over 82 studies (Korpershoek et al. 2020). A link, no cause.
outcomes-sure = The words follow the careful end of the band: “somewhat” is a link of at least 0.1, “clearly” of at least 0.3. In research among pupils such values are usual.
outcomes-not-told = This does not say which comes first. Perhaps belonging helps to learn, perhaps learning gives a sense of belonging, and perhaps home and school play a part in both.

## Beside others
benchmark = And beside others?
benchmark-network = { People } here score { $points } { $direction ->
    [lower] lower
   *[higher] higher
} than those of “{ $network }” together (probably { $low } to { $high }).
benchmark-network-unsure = We can't say whether { people } here score otherwise than those of “{ $network }”. It is probably between { $less } lower and { $more } higher.
benchmark-hidden = What lies beside “{ $network }” is not shown, to protect { people }.
benchmark-block-made-up = With “{ $network }” there is no comparison: one of the two is made up.
benchmark-block-same = With “{ $network }” there is no comparison: both are about the same answers.
benchmark-block-instrument = With “{ $network }” there is no comparison: other questions were asked there.
benchmark-block-score = With “{ $network }” there is no comparison: the score is made in another way there.
benchmark-block-few = With “{ $network }” there is no comparison: it has too few schools. Another school could be found in it.
benchmark-gaps = How far groups lie from everyone together, there and here
benchmark-there = There
benchmark-here = Here
benchmark-composition = There other { people } answered than here. So a difference may come from who goes to school here.
benchmark-third = On the one question about belonging as a whole, this part answers below the middle: { $here }. In PISA 2018 about one in three did not feel that they belong.
benchmark-third-limit = That was another question with other answers, for pupils of 15 in many countries. It is a yardstick at most, and no norm.
benchmark-same-questions = PISA asked the same six questions. The table says what pupils elsewhere answered.
benchmark-ages = These figures are of pupils of 15 and 16. Your questions are for { $ages } years. Belonging falls with age: in TIMSS 2019, { $young }% belonged strongly in grade 4, and { $old }% in grade 8.
benchmark-other-scale = Means of PISA are made from other questions. They can't stand beside yours.
benchmark-elsewhere = The same questions elsewhere
benchmark-where = Where and when
benchmark-age = Age
benchmark-source = Source
benchmark-sure = Your own { people } count in the network too. We reckon as if they did not, so the range is too wide rather than too narrow.
benchmark-not-told = Whether it is good enough. The mean of others is no goal: there too { people } do not belong. In another country, year or language people answer otherwise.

## 5 How sure
certainty = How sure are we?
certainty-interval = Every figure has a range. If { people } like these were asked again and again, the range would hold the real figure 95 times out of 100.
certainty-reliability-good = The questions measure one thing together: alpha is { $alpha } ({ $low } to { $high }). That is enough to compare groups.
certainty-reliability-fair = The questions hang together fairly well: alpha is { $alpha } ({ $low } to { $high }). Small differences between groups deserve caution.
certainty-reliability-poor = The questions hang together weakly: alpha is { $alpha } ({ $low } to { $high }). Do not build on differences between groups.
certainty-omega = Omega total, which does not assume that all questions weigh the same, is { $omega } ({ $low } to { $high }).
certainty-status-validated = The questionnaire has been tested before: { $title }.
certainty-status-not-validated = The questionnaire is new and has not been validated yet: { $title }. Read the figures as a first look, until research says more.
certainty-status-key-only = The questions are those of { $title }. Erbij holds the key to the scores, not the text.
certainty-translation = Not reviewed by a person yet, so read with care: the questionnaire in these languages: { $languages }.
certainty-weights-replicates = The figures are weighted, so that they speak for all { people } of the survey; the ranges come from { $count } replicate weights.
certainty-weights = The figures are weighted, so that they speak for all { people } of the survey.
certainty-score = A { person } has a score when at least { $share }% of the questions were answered.
certainty-protection = A figure about fewer than { $threshold } { people } is not shown, and neither is any other from which it could be worked out. Numbers per group are rounded. Of { $total } figures, { $hidden } are not shown.

## 6 Limits
limits = What this cannot tell you
limits-cause = { $audience ->
    [parents] Why parents feel that they belong or not. Figures that go together are not a cause.
    [staff] Why the team sees it this way. Figures that go together are not a cause.
   *[pupils] Why pupils belong or not. Figures that go together are not a cause.
 }
limits-pupil = { $audience ->
    [parents] How one family is doing. Talk with parents; nobody can be found in these figures.
    [staff] What one colleague thinks. Talk with each other; nobody can be found in these figures.
   *[pupils] How one pupil is doing. Talk with pupils; nobody can be found in these figures.
 }
limits-ranking = Which teacher or class is best. Differences between classes are often chance.
limits-third = Whether it is “one in three” here. That well-known number comes from one question in PISA 2018, not from a scale with a line.
limits-age = How younger and older pupils compare. Belonging falls with age almost everywhere.
limits-time = Whether it was different before. One asking is one moment.
limits-twice = Whether everyone answered once. Whoever has an open link can answer twice, or pass it on; a code for each person would prevent that, and would make it possible to find people.
limits-reached = What parents think whom the link did not reach, or who had no time or no words for it.
limits-seen = What pupils feel. This is what the team sees; only pupils can say the rest.
limits-made-up = Anything about real { people }. These figures are made up.

## The bridge: pupils, parents and staff beside each other
bridge = Pupils, parents and staff side by side
bridge-lead = The same things, asked of each in their own words: the latest results of each.
bridge-whole = Belonging as a whole
bridge-facets = Where do they see the same, and where not?
bridge-opportunities = What the school makes possible
bridge-note = Dot: mean. Band: 95% interval. Diamond: wholly lower than one of the others.
bridge-who = { $audience ->
    [parents] Parents, about child and family
    [staff] Staff, about pupils
   *[pupils] Pupils, about themselves
 }
bridge-side = Who
bridge-apart = On these points the ranges lie apart. Each is a reason to talk:
bridge-alike = On none of the points shown do the ranges lie apart. That does not mean that all see the same: there may be too few answers to tell.
bridge-hidden = There is nothing here to put beside each other: too much is not shown, to protect people.
bridge-gap = { $who } { $mean } (probably { $low } to { $high }), { $who2 } { $mean2 } (probably { $low2 } to { $high2 }): the ranges lie apart.
bridge-sure = A difference is told only where the two ranges do not touch. That is strict on purpose: { $count ->
    [one] { $count } pair is compared
   *[other] { $count } pairs are compared
 }.
bridge-not-told = The questions mirror each other but are not the same. Pupils say what happens to them, parents what they notice, staff what they see for all pupils. So the size of a difference in points says little.
bridge-limits-right = Who is right. Nobody sees everything; where views differ, ask.
bridge-limits-same = What pupils and their own parents say of each other. Those who answered need not belong together, and answers are never linked.
bridge-limits-time = Whether everyone looked back on the same weeks. The askings may lie months apart.
bridge-limits-new = How well these questions measure the same for pupils and adults. They are new, and no data have said so yet.

## Where it comes from
all-numbers = All the figures behind the pictures
provenance = Where this comes from
provenance-instrument = Questionnaire
provenance-source = Answers
provenance-file = File
provenance-policy = Protection
provenance-policy-value = { $policy }, at least { $threshold } { people }
provenance-software = Made with
provenance-ages = Age
provenance-ages-value = { $ages } years
provenance-hash = Fingerprint of the file (SHA-256)

## Attack
audit-tried = { $releases ->
    [one] One file attacked
   *[other] { $releases } files attacked together
}: { $hidden } hidden figures{ $pairs ->
    [0] {""}
   *[other] , { $pairs } times two files side by side
}.
audit-tried-inside = Attacked by someone who knows the class and the groups of all { $pupils } pupils: { $hidden } small groups, every pupil alone, every small difference and every answer.
audit-stands = Nothing could be worked out: no hidden group and no pupil.
audit-not-tried = Not tried: what someone knows from elsewhere.
audit-derived = Can be worked out: { $group } ({ $breakdown }) in { $unit }, from the figures around it.
audit-few = The number in { $unit } differs by a few pupils between two files: whoever knows these pupils can work out their mean.
audit-group = Can be worked out: { $count ->
    [one] one small group
   *[other] { $count } small groups
}.
audit-pupil = Can be worked out: the answer of { $count ->
    [one] one pupil
   *[other] { $count } pupils
}.
audit-difference = Can be worked out: { $count ->
    [one] one difference
   *[other] { $count } differences
} of a few pupils between two groups.
audit-pinned = Nearly pinned down: the answer of { $count ->
    [one] one pupil
   *[other] { $count } pupils
}.

## Measurement: may groups be compared?
dif-a = With the same score on the other questions, all groups answer this one about alike.
dif-b = With the same score on the other questions, some groups answer this one rather differently. Look at its wording before you compare groups.
dif-c = With the same score on the other questions, some groups answer this one very differently. Do not compare groups by it before you know why.
dif-not-uniform = How differently depends on the score.
invariance-none = In some group these questions do not measure one thing well enough: do not compare groups by their score.
invariance-configural = The same questions go together in every group, but they do not count for as much everywhere: do not compare groups by their score.
invariance-metric = The questions count for as much in every group, but at the same level some are answered higher in one group than in another: what goes together may be compared, averages may not.
invariance-scalar = The questions work alike in every group: averages may be compared.
invariance-strict = The questions work alike in every group, and are as precise everywhere: averages and spread may be compared.

## The six pages, one question each
page-answered = Who answered?
page-level = { $audience ->
    [parents] Do families belong?
    [staff] Do pupils belong, as the team sees it?
   *[pupils] How many pupils belong?
 }
page-groups = Who belongs less?
page-origin = Where does it come from?
page-opportunities = { $audience ->
    [parents] What do parents say about the welcome?
    [staff] What does the team say about the five opportunities?
   *[pupils] What do pupils say about the five opportunities?
 }
page-change = What changed?
page-origin-absent = With this questionnaire nothing can be said about where it comes from.
page-opportunities-absent = This questionnaire asks nothing about the opportunities that a school affords.
page-change-absent = There is nothing to compare with yet. Once you close another survey with this questionnaire, this page says what changed since this one.

## To talk about: three questions for each page
talk-answered-1 = Whose voice is missing here? How could we still hear it?
talk-answered-2 = What would make it easier to answer honestly next time?
talk-answered-3 = What do we want to show to whoever doubts that something will be done with the answers?
talk-level-1 = Which figure differs from what you expected? What was your expectation built on?
talk-level-2 = Where and when do pupils feel that they belong here? What do we do there that we could do elsewhere too?
talk-level-3 = What does a pupil who does not belong meet here on an ordinary Tuesday?
talk-groups-found = Which of our rules, habits and rooms fit these groups less?
talk-groups-open = No group stands out with certainty. Whose experience could still stay out of our sight?
talk-groups-2 = For whom of us did school always simply fit? What do we therefore not notice?
talk-groups-3 = Who could tell us more? How do we ask without making anyone speak for a whole group?
talk-origin-found = Where in our school do you recognise this: in class, on the playground, in the rules?
talk-origin-open = What do we know of how pupils are treated here, and what have we never asked?
talk-origin-2 = Who of us never meets this? How does that come about?
talk-origin-3 = What would a pupil here say about it?
talk-opportunities-1 = Which opportunity do we think that we give, while pupils hardly notice it?
talk-opportunities-2 = Which one is in our own hands this year?
talk-opportunities-3 = For whom is it smaller than for others? What would they need more of?
talk-change-found = What did we do differently since last time, and for whom?
talk-change-open = What should pupils be able to say next time that they can’t say now?
talk-change-2 = What did we promise pupils? Do they know what came of it?
talk-change-3 = What changed here that these figures do not show?

## Why belonging: an annex, and a page of its own
why = Why belonging?
why-limits-cause = Most of these studies show what goes together, not what causes what. Belonging may help pupils along, and pupils who do well may come to belong.
why-limits-cited = “Cited” means that we did not read the study again: then no figure stands with it. What we read is no more certain by that.
why-limits-elsewhere = Other schools, countries and ages may differ from yours. Nothing here says anything about one pupil.
why-claim = { $block }: { $claim } ({ $origin })
why-psychological = How pupils feel
why-social = How pupils live together
why-academic = How pupils learn
why-lacking = Who belongs less
why-systemic = Why that is the system
why-status-read = read
why-status-cited = cited, not read again
model = Where belonging lives, and what was asked about it
model-lead = Belonging lives in three domains: social, personal and academic. The social one weighs most. Under these lies what the school gives, and what works against it. So one school can give its pupils unlike chances to belong.
model-not-told = The model comes from conversations with 69 Flemish students of ethnic minorities in higher education (De Coninck, Stevens & Vantieghem). Using it for younger pupils goes further than that study did. Where each question stands is our choice.
model-about = Part
model-social = Social: with others
model-personal = Personal: who you are
model-academic = Academic: learning and teachers
model-opportunity = What the school affords: the five opportunities
model-discrimination = What works against it: being treated worse
model-asked = What was asked

## Terms: name, what it means, and the words that stand for it in sentences
term-belonging = belonging
term-belonging-about = Feeling accepted, appreciated, included and supported, by teachers and by fellow pupils; being seen as who you are; and mattering to the life of class and school.
term-belonging-forms = belonging
term-scale = scale from 0 to 100
term-scale-about = The answers to several questions, put together: 0 is the lowest answer to every question, 100 the highest. It is not a mark, and 60 is not a pass.
term-scale-forms = scale from 0 to 100, scale of 0 to 100
term-mean = mean
term-mean-about = All scores added up and divided by how many there are. Around a mean people differ a great deal.
term-mean-forms = mean, average
term-interval = range, interval
term-interval-about = The numbers between which the real figure probably lies. Asked again, about 95 of 100 such ranges would hold it. A wide range means: we know little.
term-interval-forms = range, ranges, interval, intervals, probably
term-line = the line
term-line-about = A border that was agreed: below it, “rather no” outweighs “rather yes”. It is not a natural border and no diagnosis.
term-line-forms = below the line, the line of
term-everyone = everyone together
term-everyone-about = All who answered. Groups are compared with everyone, so that no group is silently the norm.
term-everyone-forms = everyone together
term-chance = chance
term-chance-about = Who happened to answer, and on what day. A difference may be chance where its range includes zero.
term-chance-forms = chance
term-withheld = not shown
term-withheld-about = A figure about too few people, or one from which that of a few people could be worked out. It is left out to protect them, whatever it says.
term-withheld-forms = not shown
term-discrimination = discrimination
term-discrimination-about = Here: how often pupils say that they are treated worse or left out, by teachers, by fellow pupils or by rules. It is what pupils meet, not what anyone meant.
term-discrimination-forms = discrimination
term-majority = majority and minority
term-majority-about = A division that this survey chose, by one background question. It says who is in the more usual position here, not who people are.
term-majority-forms = majority, minority
term-opportunity = the five opportunities
term-opportunity-about = What a school has in its hands: diverse teams, curriculum, a warm welcome, an environment that fits, and making school together.
term-opportunity-forms = opportunities, opportunity
term-system = the system
term-system-about = What a school affords: its rules, habits, rooms, lessons and people. Regular differences between groups point there, and not to what a child lacks.
term-system-forms = the system
term-combination = combination of groups
term-combination-about = Somebody is never one thing only. Pupils are put together here by several groups at once, such as girls who speak another language at home.
term-combination-forms = combinations, combination
term-maihda = MAIHDA
term-maihda-about = A way to compare many combinations of groups at once. Small ones are drawn towards what their groups add up to, so that chance does not look like a difference.
term-maihda-forms = MAIHDA
term-alpha = alpha and omega
term-alpha-about = How well the questions measure one thing together, from 0 to 1. From about 0.80 groups may be compared.
term-alpha-forms = alpha, omega
term-validated = validated
term-validated-about = Tested on many pupils, so that one knows that the questions measure what they should. Questions that are new have not been through that yet.
term-validated-forms = validated
term-weighted = weighted
term-weighted-about = Some answers count for more pupils than others, because those pupils had a smaller chance to be asked.
term-weighted-forms = weighted

## A network of schools
network-lead = What schools tell together: from their own results, and from nothing else.
network-heading = Who took part?
network-who = { $schools } of { $of } schools have results with the same questions: { $n } { people } together.
network-sure = A mean counts all { people } alike; how sure it is follows from how much schools differ. A difference between groups is the usual one within a school.
network-not-told = This ranks no schools and says nothing about one school: that is in its own results.
network-missing = What a school does not show, to protect { people }, does not count here either. A group is here only where five schools or more show it.

## The safety monitor of the Netherlands
monitor-response = response, in %
monitor-safety = safety as pupils feel it
monitor-harm = harm to safety
monitor-well-being = well-being
monitor-better-high = higher is better
monitor-better-low = lower is better
monitor-state-shown = shown
monitor-state-withheld = hidden to protect pupils
monitor-state-not-asked = not asked
monitor-note = mind
monitor-note-averages = Averages of the whole school only, from 0 to 100, out of the released results of this survey. An average says nothing of one pupil, class or teacher.
monitor-note-delivery = This is no delivery to the inspectorate. The school delivers by itself, in the form that the inspectorate asks.
monitor-note-validated = These questions are not validated yet. The law asks an instrument that is standardised, valid and reliable; this does not show that yet.
monitor-note-made-up = These data are made up.
