# Palabras sencillas, para las familias y para el alumnado.
status = machine, not reviewed
unreviewed = Estas palabras las hizo una máquina. Nadie las ha revisado todavía.
made-up = Cifras inventadas, solo para practicar

## Lo que se preguntó al alumnado sobre sí mismo
about-home-languages = Idioma en casa
about-parents-born = Dónde nacieron los padres
about-born-here = Dónde nació el alumno o la alumna
about-gender = Chico, chica u otra palabra
about-books = Libros en casa
about-extra-help = Necesita más ayuda
about-new-here = Primer año en esta escuela
about-faith = Religión
about-orientation = De quién te enamoras

## Una página para las familias
family-title = { $school }: lo que los alumnos dicen sobre sentirse parte de la escuela
family-day = Se preguntó hasta el { $day }
family-intro = Los alumnos respondieron a preguntas sobre sentirse parte de la escuela. Nadie puede ver quién respondió qué.
family-answered-title = ¿Quién respondió?
family-answered = Alumnos que dieron suficientes respuestas: { $n } de { $asked }.
family-answered-count = Alumnos que dieron suficientes respuestas: { $n }.
family-answered-hidden = No mostramos cuántos alumnos respondieron, para protegerlos.
family-belong-title = ¿Cuántos se sienten parte de la escuela?
family-belong = De cada 100 alumnos que respondieron, unos { $share } sienten más bien que sí que son parte de la escuela.
family-belong-at-least = De cada 100 alumnos que respondieron, al menos { $share } sienten más bien que sí que son parte de la escuela. No lo decimos con más exactitud, para protegerlos.
family-belong-at-most = De cada 100 alumnos que respondieron, como mucho { $share } sienten más bien que sí que son parte de la escuela. No lo decimos con más exactitud, para protegerlos.
family-belong-sure = No lo sabemos con exactitud: probablemente está entre { $low } y { $high }.
family-belong-hidden = No mostramos cuántos se sienten parte de la escuela, para protegerlos.
family-difference-title = ¿La escuela es igual de buena para todos?
family-difference = La mayor diferencia de la que estamos seguros: { $about }, «{ $group }». En una escala de 0 a 100, estos alumnos tienen { $points } menos que todos juntos (probablemente entre { $low } y { $high } menos).
family-difference-caution = No sabemos por qué. No quiere decir que a estos alumnos les pase algo malo. Muestra para quién la escuela tiene que hacer más. Y no dice nada de un niño o una niña en particular.
family-difference-none = No encontramos ningún grupo que con seguridad se sienta menos parte que todos juntos. Eso no demuestra que no haya diferencias.
family-difference-hidden = No mostramos nada sobre grupos de alumnos, para protegerlos.
family-plan-title = ¿Qué va a hacer la escuela?
family-plan-space = Lo completa la escuela
family-unknown-title = Lo que no sabemos
family-unknown-why = Por qué los alumnos se sienten así.
family-unknown-child = Cómo está su hijo o hija. Puede preguntarle: ¿cuándo sientes que eres parte de la escuela?
family-unknown-rest = Qué habrían dicho los alumnos que no respondieron.
family-turn-title = ¿A quién puede acudir?
family-turn = ¿Tiene una pregunta o una preocupación? Hable con el profesorado o con la dirección de la escuela.
family-turn-call = Usted o su hijo o hija también pueden llamar:

## La página para el alumnado
pupils-title = Nos lo contasteis y os escuchamos
pupils-thanks = Gracias por vuestras respuestas.
pupils-heard-title = Lo que oímos
pupils-answered = Alumnos que respondieron: { $n } de { $asked }.
pupils-answered-count = Alumnos que respondieron: { $n }.
pupils-answered-hidden = No decimos cuántos respondieron. Así estáis protegidos.
pupils-belong = De cada { $of } alumnos, unos { $share } se sienten parte de la escuela.
pupils-belong-at-least = De cada { $of } alumnos, al menos { $share } se sienten parte de la escuela.
pupils-belong-at-most = De cada { $of } alumnos, como mucho { $share } se sienten parte de la escuela.
pupils-belong-sure = No lo sabemos con exactitud. Está entre { $low } y { $high }.
pupils-belong-hidden = No decimos cuántos se sienten parte de la escuela. Así estáis protegidos.
pupils-differs = No todos se sienten parte de la escuela. No es culpa suya. La escuela tiene que hacerlo mejor.
pupils-best = Lo que va mejor: { $place }.
pupils-least = Lo que tiene que mejorar: { $place }.
pupils-place-source-teachers = con el profesorado
pupils-place-source-peers = con los otros alumnos
pupils-place-source-school = con las reglas de la escuela
pupils-unknown-title = Lo que no sabemos
pupils-unknown-who = Quién dio cada respuesta. Nadie puede verlo.
pupils-unknown-why = Por qué es así. Vosotros lo sabéis mejor. ¡Contádnoslo!
pupils-unknown-rest = Qué piensan los que no respondieron.
pupils-next-title = Qué va a pasar, y cuándo
pupils-talk-title = ¿Quieres hablar?
pupils-talk = Ve a una persona adulta de la escuela en quien confíes.
pupils-talk-call = También puedes llamar. Es gratis.
pupils-gone = Esta página no está, o ya no está. Pregunta a tu profe.

tally-sure = Siente: soy parte
tally-perhaps = No lo sabemos seguro
tally-rest = Todavía no lo siente

young-belong = Piensa en { $of } niños y niñas. Unos { $share } sienten: soy parte.
young-belong-at-least = Piensa en { $of } niños y niñas. Al menos { $share } sienten: soy parte.
young-belong-at-most = Piensa en { $of } niños y niñas. Como mucho { $share } sienten: soy parte.
young-belong-sure = Pueden ser de { $low } a { $high }.
young-belong-hidden = No decimos cuántos niños y niñas se sienten parte. Así estáis protegidos.
young-differs = No todos los niños y niñas se sienten parte. No es culpa suya. La escuela tiene que ayudar.

old-how-title = ¿Cómo lo sabemos?
old-how-sure = Según quién responde, el número cambia un poco. Por eso decimos entre qué números está.
old-how-few = No decimos nada de menos de { $few } alumnos. Así nadie te puede encontrar.
old-how-cause = Un número no dice a qué se debe. De eso hay que hablar.
