from erbij import words
from erbij.reports.words import Words
from erbij.words import Message


def test_tells_a_message_with_its_numbers_and_labels_in_the_language():
    values = {"share": "13,7", "low": 1234.4, "high": 2000.0}
    assert Words("en").tell(Message("percent", {"share": 1234.4})) == "1,234%"
    assert Words("nl").tell(Message("percent", {"share": 1234.4})).startswith("1.234")
    assert Words("fr").tell(Message("percent", values)).startswith("13,7")


def test_tells_a_label_in_the_language_or_another_one_that_is_there():
    label = {"en": "gender", "nl": "geslacht"}
    said = Words("nl").tell(Message("excluded-no-group", {"where": label}))
    assert "geslacht" in said
    assert "gender" in Words("fr").tell(Message("excluded-no-group", {"where": label}))


def test_tells_a_message_inside_a_message():
    inner = Message("under-one-point", {})
    assert Words("en").tell(Message("percent", {"share": inner})) == "less than 1 point%"


def test_a_room_speaks_from_its_own_messages():
    assert Words.room == "erbij.reports"
    assert issubclass(Words, words.Words)
