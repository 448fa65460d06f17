import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import ProtectedError
from django_scopes import ScopeError, scope

from erbij.instruments import registry
from erbij.web.schools.models import Grade, School, SchoolClass
from erbij.web.surveys import blockers, length, queries, services, words
from erbij.web.surveys.models import ClassSession, HelpAdult, Tally, Wave
from erbij.web.surveys.refusals import Refusal

DAY = dt.timedelta(days=1)


def refused(id_: str) -> Any:
    return pytest.raises(Refusal, match=f"(^|: ){id_}")


@pytest.mark.parametrize("model", [Wave, ClassSession, Tally, HelpAdult])
def test_query_without_a_school_raises(model: Any, database: object) -> None:
    with pytest.raises(ScopeError):
        model.objects.count()


def test_other_school_sees_nothing(
    opened: Callable[..., Wave], make_school: Callable[..., Any], town: Any
) -> None:
    opened()
    elsewhere = make_school("south")
    with scope(school=elsewhere.school):
        assert queries.waves_of(town.school.pk) == []
    with scope(school=town.school):
        assert len(queries.waves_of(town.school.pk)) == 1


@pytest.mark.parametrize("instrument", ["pssm", "pisa-2015-belonging", "none", "/etc/passwd.toml", ""])
def test_wave_needs_an_instrument_with_text(instrument: str, draft: Callable[..., Wave]) -> None:
    with refused(".*unknown-instrument"):
        draft(instrument)


def test_new_wave_asks_what_the_instrument_asks(draft: Callable[..., Wave]) -> None:
    wave = draft()
    asked = registry.load("erbij-pupils-10-12")
    assert wave.items_on == [item.id for item in asked.items.values() if item.on]
    assert set(wave.reasons) == {i for i in wave.items_on if asked.items[i].special_category}
    assert all(wave.reasons.values())


def test_items_keep_the_order_of_the_instrument(draft: Callable[..., Wave], town: Any) -> None:
    wave = draft()
    with scope(school=town.school):
        services.choose_items(wave=wave, on=wave.items_on[::-1], reasons=wave.reasons)
        assert Wave.objects.get().items_on == draft().items_on


def test_main_scale_keeps_four_in_five_items(draft: Callable[..., Wave], town: Any) -> None:
    wave = draft()
    asked = wave.instrument
    main = asked.scales[asked.main_scale].items
    others = [i for i in wave.items_on if i not in main]
    fewest = -(-len(main) * 4 // 5)
    with scope(school=town.school):
        services.choose_items(wave=wave, on=[*others, *main[:fewest]], reasons=wave.reasons)
        with refused(".*main-scale"):
            services.choose_items(wave=wave, on=[*others, *main[: fewest - 1]], reasons=wave.reasons)


def test_sensitive_item_needs_a_reason(draft: Callable[..., Wave], town: Any) -> None:
    wave = draft()
    with scope(school=town.school):
        with refused(".*parents-born: no-reason"):
            services.choose_items(wave=wave, on=wave.items_on, reasons={"parents-born": "  "})
        services.choose_items(wave=wave, on=wave.items_on, reasons=wave.reasons | {"parents-born": " ours "})
    assert wave.reasons["parents-born"] == "ours"


def test_unknown_item_is_refused(draft: Callable[..., Wave], town: Any) -> None:
    wave = draft()
    with scope(school=town.school), refused("canary: unknown-item"):
        services.choose_items(wave=wave, on=[*wave.items_on, "canary"], reasons=wave.reasons)


def test_ready_wave_opens_with_its_own_keys(opened: Callable[..., Wave]) -> None:
    wave = opened()
    assert wave.is_open
    assert len(bytes(wave.public_key)) == 65
    assert wave.wrapped_key


def test_open_wave_asks_what_it_asked(opened: Callable[..., Wave]) -> None:
    wave = opened()
    with scope(school=wave.school):
        with refused("not-a-draft"):
            services.choose_items(wave=wave, on=wave.items_on, reasons=wave.reasons)
        with refused("not-a-draft"):
            services.change_wave(wave=wave, title="Other")
        with refused("not-a-draft"):
            services.open_wave(wave=wave)


def no_classes(wave: Wave) -> None:
    SchoolClass.objects.all().delete()


def one_help_adult(wave: Wave) -> None:
    adult = queries.help_adults_of(wave)[0]
    services.confirm_help_adult(wave=wave, member=adult.membership, is_there=False)


def no_dates(wave: Wave) -> None:
    services.change_wave(wave=wave, opens_on=None)


def turned_dates(wave: Wave) -> None:
    services.change_wave(wave=wave, closes_on=wave.opens_on - DAY)


def past_dates(wave: Wave) -> None:
    services.change_wave(wave=wave, opens_on=wave.opens_on - 9 * DAY, closes_on=wave.opens_on - DAY)


def no_language(wave: Wave) -> None:
    services.change_wave(wave=wave, languages=[])


def unknown_language(wave: Wave) -> None:
    services.change_wave(wave=wave, languages=["nl", "xx"])


def few_items(wave: Wave) -> None:
    Wave.objects.filter(pk=wave.pk).update(items_on=wave.items_on[:3])


def silent(wave: Wave) -> None:
    Wave.objects.filter(pk=wave.pk).update(reasons={})


@pytest.mark.parametrize(
    ("spoil", "blocker"),
    [
        (no_classes, "no-classes"),
        (one_help_adult, "no-help-adults"),
        (no_dates, "no-dates"),
        (turned_dates, "wrong-dates"),
        (past_dates, "wrong-dates"),
        (no_language, "no-text"),
        (unknown_language, "no-text"),
        (few_items, "main-scale"),
        (silent, "no-reason"),
    ],
)
def test_wave_with_a_blocker_stays_shut_and_says_which(
    spoil: Callable[[Wave], None], blocker: str, draft: Callable[..., Wave]
) -> None:
    wave = draft()
    with scope(school=wave.school):
        assert blockers.of(wave) == ()
        spoil(wave)
        wave = Wave.objects.get(pk=wave.pk)
        assert blocker in [found.id for found in blockers.of(wave)]
        with refused(".*blocked"):
            services.open_wave(wave=wave)
        assert Wave.objects.get(pk=wave.pk).is_draft


def test_one_person_with_two_roles_is_one_help_adult(draft: Callable[..., Wave], town: Any) -> None:
    wave = draft()
    with scope(school=town.school):
        second = queries.help_adults_of(wave)[1].membership
        second.person = queries.help_adults_of(wave)[0].membership.person
        second.role = "team-member"
        second.save()
        assert [found.id for found in blockers.of(wave)] == ["no-help-adults"]


def test_second_wave_with_the_same_questions_waits(
    opened: Callable[..., Wave], draft: Callable[..., Wave], make_school: Callable[..., Any]
) -> None:
    opened()
    second, other, elsewhere = draft(), draft("erbij-pupils-8-9"), draft(at=make_school("south"))
    for wave, found in ((second, ["another-open"]), (other, []), (elsewhere, [])):
        with scope(school=wave.school):
            assert [blocker.id for blocker in blockers.of(wave)] == found


def test_wave_without_a_key_file_stays_shut(draft: Callable[..., Wave], settings: Any) -> None:
    wave = draft()
    settings.KEY_FILE = settings.KEY_FILE.with_name("gone")
    with scope(school=wave.school):
        assert [found.id for found in blockers.of(wave)] == ["key-file"]


def test_help_adult_who_stays_keeps_the_yes(draft: Callable[..., Wave], town: Any) -> None:
    wave = draft()
    with scope(school=town.school):
        services.choose_help_adults(wave=wave, members=town.helpers[:1])
        services.choose_help_adults(wave=wave, members=town.helpers)
        assert [adult.is_confirmed for adult in queries.help_adults_of(wave)] == [True, False]


def test_class_gets_a_word_that_leads_to_its_questions(opened: Callable[..., Wave], town: Any) -> None:
    wave = opened()
    with scope(school=wave.school):
        session = services.open_session(wave=wave, school_class=town.classes[0])
    found = queries.open_session(f" {session.word.replace('-', ' ').upper()} ")
    assert found is not None
    assert (found.wave, found.school_class) == (wave, town.classes[0])


def test_class_has_one_word_at_a_time(opened: Callable[..., Wave], town: Any) -> None:
    wave = opened()
    with scope(school=wave.school):
        first = services.open_session(wave=wave, school_class=town.classes[0])
        assert services.open_session(wave=wave, school_class=town.classes[0]) == first
        services.close_session(session=first)
        second = services.open_session(wave=wave, school_class=town.classes[0])
    assert queries.open_session(first.word) is None
    assert queries.open_session(second.word) == second


def test_words_on_open_boards_differ(
    opened: Callable[..., Wave], make_school: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    few = iter(["maan-boot", "maan-boot", "zon-vis"])
    monkeypatch.setattr(words, "new_word", lambda _language: next(few))
    town = make_school("south")
    wave = opened(at=town)
    with scope(school=wave.school):
        found = [services.open_session(wave=wave, school_class=each).word for each in town.classes]
    assert found == ["maan-boot", "zon-vis"]


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_words_are_easy_to_type(language: str) -> None:
    known = words._lists()[language]
    assert len(known) == len(set(known)) >= 90
    assert all(word.isascii() and word.isalpha() and word.islower() and len(word) <= 8 for word in known)
    drawn = words.new_word(language)
    assert set(drawn.split("-")) < set(known)
    assert len(drawn.split("-")) == 2


def test_session_needs_an_open_wave_a_class_of_the_school_and_a_day_within(
    draft: Callable[..., Wave], opened: Callable[..., Wave], make_school: Callable[..., Any], town: Any
) -> None:
    elsewhere = make_school("south")
    with scope(school=town.school), refused("wave-not-open"):
        services.open_session(wave=draft(), school_class=town.classes[0])
    wave = opened()
    with scope(school=town.school):
        with refused("not-your-class"):
            services.open_session(wave=wave, school_class=elsewhere.classes[0])
        Wave.objects.filter(pk=wave.pk).update(opens_on=wave.opens_on + DAY)
        with refused("outside-dates"):
            services.open_session(wave=wave, school_class=town.classes[0])


def test_minutes_follow_the_questions_and_the_age() -> None:
    eight, ten = registry.load("erbij-pupils-8-9"), registry.load("erbij-pupils-10-12")
    assert length.minutes(eight, list(eight.items)[:12]) == 2
    assert length.minutes(ten, list(ten.items)[:12]) == 2
    assert length.minutes(ten, list(ten.items)[:17]) == 2
    assert length.minutes(ten, []) == 0


def test_school_with_waves_is_not_deleted_by_accident(opened: Callable[..., Wave]) -> None:
    wave = opened()
    with scope(school=wave.school), pytest.raises(ProtectedError):
        School.objects.get(pk=wave.school_id).delete()
    with scope(school=wave.school):
        assert Grade.objects.count() == 1
