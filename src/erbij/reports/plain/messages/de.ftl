# Einfache Worte, für Eltern und für Kinder.
status = machine, not reviewed
unreviewed = Diese Worte hat eine Maschine gemacht. Noch niemand hat sie geprüft.
made-up = Erfundene Zahlen, nur zum Üben

## Was Schülerinnen und Schüler über sich gefragt wurden
about-home-languages = Sprache zu Hause
about-parents-born = Wo die Eltern geboren sind
about-born-here = Wo das Kind geboren ist
about-gender = Junge, Mädchen oder ein anderes Wort
about-books = Bücher zu Hause
about-extra-help = Braucht mehr Hilfe
about-new-here = Neu an dieser Schule
about-faith = Glaube
about-orientation = In wen man sich verliebt

## Eine Seite für Eltern
family-title = { $school }: was Kinder über Dazugehören sagen
family-day = Gefragt bis { $day }
family-intro = Die Schülerinnen und Schüler haben Fragen über das Dazugehören in der Schule beantwortet. Niemand kann sehen, wer was geantwortet hat.
family-answered-title = Wer hat geantwortet?
family-answered = Schülerinnen und Schüler mit genug Antworten: { $n } von { $asked }.
family-answered-count = Schülerinnen und Schüler mit genug Antworten: { $n }.
family-answered-hidden = Wir zeigen nicht, wie viele geantwortet haben, um sie zu schützen.
family-belong-title = Wie viele fühlen, dass sie dazugehören?
family-belong = Von je 100 Kindern und Jugendlichen, die geantwortet haben, fühlen ungefähr { $share } eher ja als nein, dass sie dazugehören.
family-belong-at-least = Von je 100 Kindern und Jugendlichen, die geantwortet haben, fühlen mindestens { $share } eher ja als nein, dass sie dazugehören. Genauer sagen wir es nicht, um sie zu schützen.
family-belong-at-most = Von je 100 Kindern und Jugendlichen, die geantwortet haben, fühlen höchstens { $share } eher ja als nein, dass sie dazugehören. Genauer sagen wir es nicht, um sie zu schützen.
family-belong-sure = Genau wissen wir es nicht: Die Zahl liegt wahrscheinlich zwischen { $low } und { $high }.
family-belong-hidden = Wir zeigen nicht, wie viele fühlen, dass sie dazugehören, um sie zu schützen.
family-difference-title = Passt die Schule für alle gleich gut?
family-difference = Der größte Unterschied, bei dem wir sicher sind: { $about }, „{ $group }“. Auf einer Skala von 0 bis 100 liegen diese Kinder und Jugendlichen um { $points } niedriger als alle zusammen (wahrscheinlich { $low } bis { $high } niedriger).
family-difference-caution = Wir wissen nicht, warum. Es heißt nicht, dass mit diesen Kindern etwas nicht stimmt. Es zeigt, für wen die Schule mehr tun muss. Und es sagt nichts über ein einzelnes Kind.
family-difference-none = Wir haben keine Gruppe gefunden, die sicher weniger dazugehört als alle zusammen. Das beweist nicht, dass es keinen Unterschied gibt.
family-difference-hidden = Über Gruppen zeigen wir nichts, um die Kinder zu schützen.
family-plan-title = Was wird die Schule tun?
family-plan-space = Von der Schule auszufüllen
family-unknown-title = Was wir nicht wissen
family-unknown-why = Warum sie sich so fühlen.
family-unknown-child = Wie es Ihrem eigenen Kind geht. Sie können fragen: Wann fühlst du, dass du in der Schule dazugehörst?
family-unknown-rest = Was diejenigen gesagt hätten, die nicht geantwortet haben.
family-turn-title = Wohin können Sie sich wenden?
family-turn = Haben Sie eine Frage oder eine Sorge? Kommen Sie zur Lehrkraft oder zur Leitung der Schule.
family-turn-call = Sie oder Ihr Kind können auch anrufen:

## Die Seite für Schülerinnen und Schüler
pupils-title = Ihr habt erzählt, wir haben zugehört
pupils-thanks = Danke für eure Antworten.
pupils-heard-title = Was wir gehört haben
pupils-answered = Kinder und Jugendliche, die geantwortet haben: { $n } von { $asked }.
pupils-answered-count = Kinder und Jugendliche, die geantwortet haben: { $n }.
pupils-answered-hidden = Wir sagen nicht, wie viele geantwortet haben. So bleibt ihr geschützt.
pupils-belong = Von je { $of } fühlen ungefähr { $share }, dass sie dazugehören.
pupils-belong-at-least = Von je { $of } fühlen mindestens { $share }, dass sie dazugehören.
pupils-belong-at-most = Von je { $of } fühlen höchstens { $share }, dass sie dazugehören.
pupils-belong-sure = Genau wissen wir es nicht. Es liegt zwischen { $low } und { $high }.
pupils-belong-hidden = Wir sagen nicht, wie viele dazugehören. So bleibt ihr geschützt.
pupils-differs = Nicht alle fühlen, dass sie dazugehören. Das ist nicht ihre Schuld. Die Schule muss es besser machen.
pupils-best = Das geht am besten: { $place }.
pupils-least = Das muss besser werden: { $place }.
pupils-place-source-teachers = mit den Lehrkräften
pupils-place-source-peers = mit anderen Kindern und Jugendlichen
pupils-place-source-school = mit den Regeln der Schule
pupils-unknown-title = Was wir nicht wissen
pupils-unknown-who = Wer welche Antwort gegeben hat. Das kann niemand sehen.
pupils-unknown-why = Warum es so ist. Das wisst ihr am besten. Erzählt es uns!
pupils-unknown-rest = Was die denken, die nicht geantwortet haben.
pupils-next-title = Was passiert, und wann
pupils-talk-title = Möchtest du reden?
pupils-talk = Geh zu einer erwachsenen Person in der Schule, der du vertraust.
pupils-talk-call = Anrufen geht auch. Es ist kostenlos.
pupils-gone = Diese Seite gibt es nicht oder nicht mehr. Frag deine Lehrkraft.

tally-sure = Fühlt: Ich gehöre dazu
tally-perhaps = Das wissen wir nicht genau
tally-rest = Fühlt das noch nicht

young-belong = Denk an { $of } Kinder. Ungefähr { $share } fühlen: Ich gehöre dazu.
young-belong-at-least = Denk an { $of } Kinder. Mindestens { $share } fühlen: Ich gehöre dazu.
young-belong-at-most = Denk an { $of } Kinder. Höchstens { $share } fühlen: Ich gehöre dazu.
young-belong-sure = Es können { $low } bis { $high } sein.
young-belong-hidden = Wir sagen nicht, wie viele Kinder dazugehören. So bleibt ihr geschützt.
young-differs = Nicht jedes Kind gehört dazu. Das ist nicht ihre Schuld. Die Schule muss helfen.

old-how-title = Woher wissen wir das?
old-how-sure = Wer mitmacht, ändert die Zahl ein wenig. Darum sagen wir, zwischen welchen Zahlen sie liegt.
old-how-few = Über weniger als { $few } von euch sagen wir nichts. So kann dich niemand finden.
old-how-cause = Eine Zahl sagt nicht, woran es liegt. Darüber müssen wir reden.
