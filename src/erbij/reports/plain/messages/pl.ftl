# Proste słowa dla rodziców i dla uczniów.
status = machine, not reviewed
unreviewed = Te słowa napisała maszyna. Nikt ich jeszcze nie sprawdził.
made-up = Zmyślone liczby, tylko do ćwiczeń

## O co pytano uczniów o nich samych
about-home-languages = Język w domu
about-parents-born = Gdzie urodzili się rodzice
about-born-here = Gdzie urodził się uczeń lub uczennica
about-gender = Chłopak, dziewczyna lub inne słowo
about-books = Książki w domu
about-extra-help = Potrzeba dodatkowej pomocy
about-new-here = Pierwszy rok w tej szkole
about-faith = Wiara
about-orientation = W kim się zakochujesz

## Jedna strona dla rodziców
family-title = { $school }: co uczniowie mówią o tym, czy czują się częścią szkoły
family-day = Pytaliśmy do: { $day }
family-intro = Uczniowie odpowiadali na pytania o to, czy czują się częścią szkoły. Nikt nie może zobaczyć, kto co odpowiedział.
family-answered-title = Kto odpowiedział?
family-answered = Uczniowie, którzy dali dość odpowiedzi: { $n } z { $asked }.
family-answered-count = Uczniowie, którzy dali dość odpowiedzi: { $n }.
family-answered-hidden = Nie pokazujemy, ilu uczniów odpowiedziało, aby ich chronić.
family-belong-title = Ilu uczniów czuje się częścią szkoły?
family-belong = Na każdych 100 uczniów, którzy odpowiedzieli, około { $share } raczej czuje się częścią szkoły.
family-belong-at-least = Na każdych 100 uczniów, którzy odpowiedzieli, co najmniej { $share } raczej czuje się częścią szkoły. Dokładniej tego nie podajemy, aby chronić uczniów.
family-belong-at-most = Na każdych 100 uczniów, którzy odpowiedzieli, co najwyżej { $share } raczej czuje się częścią szkoły. Dokładniej tego nie podajemy, aby chronić uczniów.
family-belong-sure = Nie wiemy tego dokładnie: liczba leży prawdopodobnie między { $low } a { $high }.
family-belong-hidden = Nie pokazujemy, ilu uczniów czuje się częścią szkoły, aby ich chronić.
family-difference-title = Czy szkoła jest tak samo dobra dla wszystkich?
family-difference = Największa różnica, której jesteśmy pewni: { $about }, „{ $group }”. Na skali od 0 do 100 wynik tych uczniów jest o { $points } niższy niż wynik wszystkich razem (prawdopodobnie o { $low } do { $high }).
family-difference-caution = Nie wiemy dlaczego. To nie znaczy, że z tymi uczniami jest coś nie tak. To pokazuje, dla kogo szkoła musi zrobić więcej. I nie mówi nic o jednym dziecku.
family-difference-none = Nie znaleźliśmy grupy, która na pewno mniej czuje się częścią szkoły niż wszyscy razem. To nie dowodzi, że różnic nie ma.
family-difference-hidden = Nie pokazujemy nic o grupach uczniów, aby ich chronić.
family-plan-title = Co zrobi szkoła?
family-plan-space = Wypełnia szkoła
family-unknown-title = Czego nie wiemy
family-unknown-why = Dlaczego uczniowie tak się czują.
family-unknown-child = Jak ma się Państwa dziecko. Można zapytać: kiedy czujesz się częścią szkoły?
family-unknown-rest = Co powiedzieliby uczniowie, którzy nie odpowiedzieli.
family-turn-title = Do kogo można się zwrócić?
family-turn = Mają Państwo pytanie lub zmartwienie? Prosimy przyjść do nauczyciela lub do dyrekcji szkoły.
family-turn-call = Państwo lub dziecko mogą też zadzwonić:

## Strona dla uczniów
pupils-title = Wy mówiliście, my słuchaliśmy
pupils-thanks = Dziękujemy za odpowiedzi.
pupils-heard-title = Co usłyszeliśmy
pupils-answered = Uczniowie, którzy odpowiedzieli: { $n } z { $asked }.
pupils-answered-count = Uczniowie, którzy odpowiedzieli: { $n }.
pupils-answered-hidden = Nie mówimy, ilu z was odpowiedziało. Tak was chronimy.
pupils-belong = Na każdych { $of } uczniów około { $share } czuje się tu u siebie.
pupils-belong-at-least = Na każdych { $of } uczniów co najmniej { $share } czuje się tu u siebie.
pupils-belong-at-most = Na każdych { $of } uczniów co najwyżej { $share } czuje się tu u siebie.
pupils-belong-sure = Nie wiemy tego dokładnie. To między { $low } a { $high }.
pupils-belong-hidden = Nie mówimy, ilu z was czuje się tu u siebie. Tak was chronimy.
pupils-differs = Nie wszyscy czują się tu u siebie. To nie ich wina. Szkoła musi to poprawić.
pupils-best = To idzie najlepiej: { $place }.
pupils-least = To musi być lepsze: { $place }.
pupils-place-source-teachers = z nauczycielami
pupils-place-source-peers = z innymi uczniami
pupils-place-source-school = z zasadami szkoły
pupils-unknown-title = Czego nie wiemy
pupils-unknown-who = Kto dał jaką odpowiedź. Nikt nie może tego zobaczyć.
pupils-unknown-why = Dlaczego tak jest. Wy wiecie to najlepiej. Powiedzcie nam!
pupils-unknown-rest = Co myślą ci, którzy nie odpowiedzieli.
pupils-next-title = Co się stanie i kiedy
pupils-talk-title = Chcesz porozmawiać?
pupils-talk = Idź w szkole do dorosłej osoby, której ufasz.
pupils-talk-call = Możesz też zadzwonić. To nic nie kosztuje.
pupils-gone = Tej strony nie ma albo już jej nie ma. Zapytaj nauczyciela.

tally-sure = Czuje: jestem u siebie
tally-perhaps = Tego nie wiemy na pewno
tally-rest = Jeszcze tego nie czuje

young-belong = Pomyśl o { $of } dzieciach. Około { $share } czuje: jestem u siebie.
young-belong-at-least = Pomyśl o { $of } dzieciach. Co najmniej { $share } czuje: jestem u siebie.
young-belong-at-most = Pomyśl o { $of } dzieciach. Co najwyżej { $share } czuje: jestem u siebie.
young-belong-sure = Może ich być od { $low } do { $high }.
young-belong-hidden = Nie mówimy, ile dzieci czuje się tu u siebie. Tak was chronimy.
young-differs = Nie każde dziecko czuje się tu u siebie. To nie ich wina. Szkoła musi pomóc.

old-how-title = Skąd to wiemy?
old-how-sure = To, kto odpowiada, trochę zmienia liczbę. Dlatego mówimy, między jakimi liczbami leży.
old-how-few = O mniej niż { $few } uczniach nie mówimy nic. Tak nikt cię nie znajdzie.
old-how-cause = Liczba nie mówi, skąd to się bierze. O tym trzeba rozmawiać.
