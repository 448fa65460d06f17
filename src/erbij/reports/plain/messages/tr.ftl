# Aileler ve öğrenciler için sade sözler.
status = machine, not reviewed
unreviewed = Bu sözleri bir makine yazdı. Henüz kimse gözden geçirmedi.
made-up = Uydurma sayılar, yalnızca alıştırma için

## Öğrencilere kendileri hakkında sorulanlar
about-home-languages = Evde konuşulan dil
about-parents-born = Anne ve babanın doğduğu yer
about-born-here = Öğrencinin doğduğu yer
about-gender = Erkek, kız ya da başka bir kelime
about-books = Evdeki kitaplar
about-extra-help = Ek yardıma ihtiyaç
about-new-here = Bu okulda yeni
about-faith = İnanç
about-orientation = Kime âşık olduğun

## Aileler için bir sayfa
family-title = { $school }: öğrenciler okula ait olma hakkında ne diyor
family-day = Sorular şu güne kadar soruldu: { $day }
family-intro = Öğrenciler okula ait olma hakkındaki soruları yanıtladı. Kimin ne yanıt verdiğini kimse göremez.
family-answered-title = Kimler yanıtladı?
family-answered = Yeterince yanıt veren öğrenciler: { $n } (toplam { $asked }).
family-answered-count = Yeterince yanıt veren öğrenciler: { $n }.
family-answered-hidden = Öğrencileri korumak için kaç öğrencinin yanıtladığını göstermiyoruz.
family-belong-title = Kaç öğrenci kendini okula ait hissediyor?
family-belong = Yanıt veren her 100 öğrenciden yaklaşık { $share } tanesi kendini okula ait hissetmeye daha yakın.
family-belong-at-least = Yanıt veren her 100 öğrenciden en az { $share } tanesi kendini okula ait hissetmeye daha yakın. Öğrencileri korumak için daha kesin söylemiyoruz.
family-belong-at-most = Yanıt veren her 100 öğrenciden en çok { $share } tanesi kendini okula ait hissetmeye daha yakın. Öğrencileri korumak için daha kesin söylemiyoruz.
family-belong-sure = Tam olarak bilmiyoruz: sayı büyük olasılıkla { $low } ile { $high } arasında.
family-belong-hidden = Öğrencileri korumak için kaç öğrencinin kendini okula ait hissettiğini göstermiyoruz.
family-difference-title = Okul herkese aynı ölçüde uygun mu?
family-difference = Emin olduğumuz en büyük fark: { $about }, “{ $group }”. 0 ile 100 arasındaki bir ölçekte bu öğrencilerin puanı, herkesin ortalamasından { $points } daha düşük (büyük olasılıkla { $low } ile { $high } arasında daha düşük).
family-difference-caution = Nedenini bilmiyoruz. Bu, öğrencilerde bir sorun olduğunu göstermez. Okulun kimler için daha çok şey yapması gerektiğini gösterir. Tek bir çocuk hakkında da bir şey söylemez.
family-difference-none = Herkesin ortalamasına göre kendini kesin olarak daha az ait hisseden bir grup bulmadık. Bu, fark olmadığını kanıtlamaz.
family-difference-hidden = Öğrencileri korumak için öğrenci grupları hakkında bir şey göstermiyoruz.
family-plan-title = Okul ne yapacak?
family-plan-space = Okul dolduracak
family-unknown-title = Bilmediklerimiz
family-unknown-why = Öğrencilerin neden böyle hissettiği.
family-unknown-child = Kendi çocuğunuzun nasıl olduğu. Ona sorabilirsiniz: Okulda kendini ne zaman ait hissediyorsun?
family-unknown-rest = Yanıt vermeyen öğrencilerin ne diyeceği.
family-turn-title = Kime başvurabilirsiniz?
family-turn = Bir sorunuz ya da kaygınız mı var? Öğretmene ya da okul müdürüne gelin.
family-turn-call = Siz ya da çocuğunuz telefon da edebilirsiniz:

## Öğrenciler için sayfa
pupils-title = Siz anlattınız, biz dinledik
pupils-thanks = Yanıtlarınız için teşekkürler.
pupils-heard-title = Ne duyduk
pupils-answered = Yanıt veren öğrenciler: { $n } (toplam { $asked }).
pupils-answered-count = Yanıt veren öğrenciler: { $n }.
pupils-answered-hidden = Kaçınızın yanıt verdiğini söylemiyoruz. Böylece güvendesiniz.
pupils-belong = Her { $of } öğrenciden yaklaşık { $share } tanesi kendini buraya ait hissediyor.
pupils-belong-at-least = Her { $of } öğrenciden en az { $share } tanesi kendini buraya ait hissediyor.
pupils-belong-at-most = Her { $of } öğrenciden en çok { $share } tanesi kendini buraya ait hissediyor.
pupils-belong-sure = Tam olarak bilmiyoruz. Sayı { $low } ile { $high } arasında.
pupils-belong-hidden = Kaçınızın kendini ait hissettiğini söylemiyoruz. Böylece güvendesiniz.
pupils-differs = Herkes kendini ait hissetmiyor. Bu onların suçu değil. Okul daha iyisini yapmalı.
pupils-best = En iyi giden: { $place }.
pupils-least = Daha iyi olması gereken: { $place }.
pupils-place-source-teachers = öğretmenlerle
pupils-place-source-peers = diğer öğrencilerle
pupils-place-source-school = okulun kuralları
pupils-unknown-title = Bilmediklerimiz
pupils-unknown-who = Kimin hangi yanıtı verdiği. Bunu kimse göremez.
pupils-unknown-why = Neden böyle olduğu. Bunu en iyi siz bilirsiniz. Bize anlatın!
pupils-unknown-rest = Yanıt vermeyen öğrencilerin ne düşündüğü.
pupils-next-title = Ne olacak, ne zaman
pupils-talk-title = Konuşmak ister misin?
pupils-talk = Okulda güvendiğin bir yetişkine git.
pupils-talk-call = Telefon da edebilirsin. Ücretsizdir.
pupils-gone = Bu sayfa yok ya da artık yok. Öğretmenine sor.

tally-sure = “Buraya aitim” diyor
tally-perhaps = Bundan emin değiliz
tally-rest = Bunu henüz hissetmiyor

young-belong = { $of } çocuk düşün. Yaklaşık { $share } tanesi “buraya aitim” diyor.
young-belong-at-least = { $of } çocuk düşün. En az { $share } tanesi “buraya aitim” diyor.
young-belong-at-most = { $of } çocuk düşün. En çok { $share } tanesi “buraya aitim” diyor.
young-belong-sure = Sayı { $low } ile { $high } arasında olabilir.
young-belong-hidden = Kaç çocuğun ait hissettiğini söylemiyoruz. Böylece güvendesiniz.
young-differs = Her çocuk kendini ait hissetmiyor. Bu onların suçu değil. Okul yardım etmeli.

old-how-title = Bunu nereden biliyoruz?
old-how-sure = Kimin katıldığı sayıyı biraz değiştirir. Bu yüzden hangi sayılar arasında olduğunu söylüyoruz.
old-how-few = { $few } öğrenciden azı için bir şey söylemiyoruz. Böylece kimse seni bulamaz.
old-how-cause = Bir sayı nedenini söylemez. Bunu konuşmamız gerek.
