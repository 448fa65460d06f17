# كلمات بسيطة للأهل وللتلاميذ
status = machine, not reviewed
unreviewed = كتبت آلة هذه الكلمات، ولم يراجعها أحد بعد.
made-up = أرقام غير حقيقية، للتدريب فقط

## ما سئل عنه التلاميذ
about-home-languages = اللغة في البيت
about-parents-born = مكان ولادة الوالدين
about-born-here = مكان ولادة التلميذ أو التلميذة
about-gender = ولد أو بنت أو كلمة أخرى
about-books = الكتب في البيت
about-extra-help = الحاجة إلى مساعدة إضافية
about-new-here = السنة الأولى في هذه المدرسة
about-faith = الدين
about-orientation = من تقع في حبه

## صفحة للأهل
family-title = { $school }: ماذا يقول التلاميذ عن الانتماء إلى المدرسة
family-day = طرحت الأسئلة حتى { $day }
family-intro = أجاب التلاميذ عن أسئلة حول الانتماء إلى المدرسة. لا يستطيع أحد أن يرى من أجاب بماذا.
family-answered-title = من أجاب؟
family-answered = عدد التلاميذ الذين أعطوا إجابات كافية: { $n } من أصل { $asked }.
family-answered-count = عدد التلاميذ الذين أعطوا إجابات كافية: { $n }.
family-answered-hidden = لا نذكر عدد الذين أجابوا، حماية للتلاميذ.
family-belong-title = كم تلميذا يشعر بالانتماء؟
family-belong = من بين كل 100 تلميذ أجابوا، يميل نحو { $share } إلى الشعور بأنهم ينتمون إلى المدرسة.
family-belong-at-least = من بين كل 100 تلميذ أجابوا، يميل { $share } على الأقل إلى الشعور بأنهم ينتمون إلى المدرسة. لا نقول ذلك بدقة أكبر، حماية للتلاميذ.
family-belong-at-most = من بين كل 100 تلميذ أجابوا، يميل { $share } على الأكثر إلى الشعور بأنهم ينتمون إلى المدرسة. لا نقول ذلك بدقة أكبر، حماية للتلاميذ.
family-belong-sure = لا نعرف الرقم بدقة: هو على الأرجح بين { $low } و { $high }.
family-belong-hidden = لا نذكر كم تلميذا يشعر بالانتماء، حماية للتلاميذ.
family-difference-title = هل تناسب المدرسة الجميع بالقدر نفسه؟
family-difference = أكبر فرق نحن متأكدون منه: { $about }، «{ $group }». على مقياس من 0 إلى 100 تقل نتيجة هؤلاء التلاميذ بمقدار { $points } عن نتيجة الجميع معا (على الأرجح بين { $low } و { $high }).
family-difference-caution = لا نعرف السبب. هذا لا يعني أن هناك عيبا في هؤلاء التلاميذ، بل يبين لمن يجب أن تفعل المدرسة أكثر. ولا يقول شيئا عن طفل بعينه.
family-difference-none = لم نجد مجموعة نحن متأكدون من أن انتماءها أقل من انتماء الجميع معا. هذا لا يثبت عدم وجود فرق.
family-difference-hidden = لا نذكر شيئا عن مجموعات التلاميذ، حماية لهم.
family-plan-title = ماذا ستفعل المدرسة؟
family-plan-space = تملؤه المدرسة
family-unknown-title = ما لا نعرفه
family-unknown-why = لماذا يشعر التلاميذ هكذا.
family-unknown-child = كيف حال طفلكم. يمكنكم أن تسألوه: متى تشعر بأنك تنتمي إلى المدرسة؟
family-unknown-rest = ماذا كان سيقول التلاميذ الذين لم يجيبوا.
family-turn-title = إلى من يمكنكم التوجه؟
family-turn = هل لديكم سؤال أو قلق؟ تعالوا إلى المعلم أو المعلمة أو إلى إدارة المدرسة.
family-turn-call = يمكنكم أو يمكن لطفلكم الاتصال أيضا:

## صفحة التلاميذ
pupils-title = أنتم تكلمتم ونحن استمعنا
pupils-thanks = شكرا على إجاباتكم.
pupils-heard-title = ماذا سمعنا
pupils-answered = عدد التلاميذ الذين أجابوا: { $n } من أصل { $asked }.
pupils-answered-count = عدد التلاميذ الذين أجابوا: { $n }.
pupils-answered-hidden = لا نقول كم منكم أجاب. هكذا نحميكم.
pupils-belong = من كل { $of } من التلاميذ، يشعر نحو { $share } بأنهم ينتمون إلى هنا.
pupils-belong-at-least = من كل { $of } من التلاميذ، يشعر { $share } على الأقل بأنهم ينتمون إلى هنا.
pupils-belong-at-most = من كل { $of } من التلاميذ، يشعر { $share } على الأكثر بأنهم ينتمون إلى هنا.
pupils-belong-sure = لا نعرف الرقم بدقة. هو بين { $low } و { $high }.
pupils-belong-hidden = لا نقول كم منكم يشعر بالانتماء. هكذا نحميكم.
pupils-differs = لا يشعر الجميع بالانتماء. هذا ليس ذنبهم. على المدرسة أن تفعل أفضل.
pupils-best = الأفضل الآن: { $place }.
pupils-least = ما يجب أن يتحسن: { $place }.
pupils-place-source-teachers = مع المعلمين والمعلمات
pupils-place-source-peers = مع التلاميذ الآخرين
pupils-place-source-school = مع قواعد المدرسة
pupils-unknown-title = ما لا نعرفه
pupils-unknown-who = من أعطى أي إجابة. لا يستطيع أحد أن يرى ذلك.
pupils-unknown-why = لماذا الأمر هكذا. أنتم تعرفون ذلك أفضل منا. أخبرونا!
pupils-unknown-rest = ماذا يفكر الذين لم يجيبوا.
pupils-next-title = ماذا سيحدث ومتى
pupils-talk-title = هل تريد أن تتكلم مع أحد؟
pupils-talk = اذهب إلى شخص كبير تثق به في المدرسة.
pupils-talk-call = يمكنك الاتصال أيضا. الاتصال مجاني.
pupils-gone = هذه الصفحة غير موجودة، أو لم تعد موجودة. اسأل معلمك أو معلمتك.

tally-sure = يشعر: أنا أنتمي
tally-perhaps = لسنا متأكدين
tally-rest = لا يشعر بذلك بعد

young-belong = فكر في { $of } أطفال. نحو { $share } منهم يشعرون: أنا أنتمي.
young-belong-at-least = فكر في { $of } أطفال. على الأقل { $share } منهم يشعرون: أنا أنتمي.
young-belong-at-most = فكر في { $of } أطفال. على الأكثر { $share } منهم يشعرون: أنا أنتمي.
young-belong-sure = قد يكون العدد من { $low } إلى { $high }.
young-belong-hidden = لا نقول كم طفلا يشعر بالانتماء. هكذا نحميكم.
young-differs = لا يشعر كل طفل بالانتماء. هذا ليس ذنبهم. على المدرسة أن تساعد.

old-how-title = كيف نعرف ذلك؟
old-how-sure = يتغير الرقم قليلا حسب من يشارك. لذلك نقول بين أي رقمين يقع.
old-how-few = لا نقول شيئا عن أقل من { $few } من التلاميذ. هكذا لا يستطيع أحد أن يجدك.
old-how-cause = الرقم لا يقول ما السبب. علينا أن نتحدث عن ذلك.
