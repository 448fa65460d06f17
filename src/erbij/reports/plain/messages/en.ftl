# Plain words, for parents and for pupils. Ids are shared by all ten languages; a number stands beside how sure it is.
status = machine, not reviewed
unreviewed = These words were made by a machine. Nobody has checked them yet.
made-up = Made-up figures, for practice only

## What pupils were asked about themselves
about-home-languages = Language at home
about-parents-born = Where the parents were born
about-born-here = Where the pupil was born
about-gender = Boy, girl or another word
about-books = Books at home
about-extra-help = Extra help needed
about-new-here = New at this school
about-faith = Faith
about-orientation = Whom you fall in love with

## One page for parents
family-title = { $school }: what pupils say about belonging
family-day = Asked until { $day }
family-intro = Pupils answered questions about belonging at school. Nobody can see who answered what.
family-answered-title = Who answered?
family-answered = Pupils who gave enough answers: { $n } of { $asked }.
family-answered-count = Pupils who gave enough answers: { $n }.
family-answered-hidden = We do not show how many pupils answered, to protect pupils.
family-belong-title = How many feel that they belong?
family-belong = Of every 100 pupils who answered, about { $share } feel rather yes than no that they belong here.
family-belong-at-least = Of every 100 pupils who answered, at least { $share } feel rather yes than no that they belong here. We do not tell it more exactly, to protect pupils.
family-belong-at-most = Of every 100 pupils who answered, at most { $share } feel rather yes than no that they belong here. We do not tell it more exactly, to protect pupils.
family-belong-sure = We do not know it exactly: it probably lies between { $low } and { $high }.
family-belong-hidden = We do not show how many feel that they belong, to protect pupils.
family-difference-title = Does school fit everyone as well?
family-difference = The largest difference that we are sure of: { $about }, “{ $group }”. On a scale from 0 to 100 these pupils score { $points } lower than everyone together (probably { $low } to { $high } lower).
family-difference-caution = We do not know why. It does not say that something is wrong with these pupils. It does show for whom the school has to do more. And it says nothing about one child.
family-difference-none = We found no group that surely belongs less than everyone together. That does not prove that there is no difference.
family-difference-hidden = We show nothing about groups of pupils, to protect pupils.
family-plan-title = What will the school do?
family-plan-space = For the school to fill in
family-unknown-title = What we do not know
family-unknown-why = Why pupils feel this way.
family-unknown-child = How your own child is doing. You can ask: when do you feel that you belong at school?
family-unknown-rest = What the pupils who did not answer would have said.
family-turn-title = Where can you turn?
family-turn = Do you have a question or a worry? Come to the teacher or to the head of the school.
family-turn-call = You or your child can also call:

## The page for pupils
pupils-title = You told us, we listened
pupils-thanks = Thank you for your answers.
pupils-heard-title = What we heard
pupils-answered = Pupils who answered: { $n } of { $asked }.
pupils-answered-count = Pupils who answered: { $n }.
pupils-answered-hidden = We do not say how many of you answered. That keeps you safe.
pupils-belong = Of every { $of } pupils, about { $share } feel that they belong here.
pupils-belong-at-least = Of every { $of } pupils, at least { $share } feel that they belong here.
pupils-belong-at-most = Of every { $of } pupils, at most { $share } feel that they belong here.
pupils-belong-sure = We do not know it exactly. It lies between { $low } and { $high }.
pupils-belong-hidden = We do not say how many of you feel that you belong. That keeps you safe.
pupils-differs = Not everyone feels that they belong. That is not their fault. The school has to do better.
pupils-best = This goes best: { $place }.
pupils-least = This has to get better: { $place }.
pupils-place-source-teachers = with teachers
pupils-place-source-peers = with other pupils
pupils-place-source-school = with the rules of the school
pupils-unknown-title = What we do not know
pupils-unknown-who = Who gave which answer. Nobody can see that.
pupils-unknown-why = Why it is like this. You know that best. Tell us!
pupils-unknown-rest = What pupils think who did not answer.
pupils-next-title = What will happen, and when
pupils-talk-title = Do you want to talk?
pupils-talk = Go to an adult at school whom you trust.
pupils-talk-call = You can also call. It is free.
pupils-gone = This page is not here, or no longer. Ask your teacher.

tally-sure = Feels: I belong
tally-perhaps = We are not sure
tally-rest = Does not feel that yet

young-belong = Think of { $of } children. About { $share } feel: I belong.
young-belong-at-least = Think of { $of } children. At least { $share } feel: I belong.
young-belong-at-most = Think of { $of } children. At most { $share } feel: I belong.
young-belong-sure = It can be { $low } to { $high }.
young-belong-hidden = We do not say how many children belong. That keeps you safe.
young-differs = Not every child feels: I belong. That is not their fault. The school has to help.

old-how-title = How do we know?
old-how-sure = Who takes part changes the number a little. So we say between which numbers it lies.
old-how-few = We say nothing about fewer than { $few } pupils. So nobody can find you.
old-how-cause = A number does not say what causes it. We have to talk about that.
