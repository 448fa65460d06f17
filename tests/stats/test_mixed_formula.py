import pytest

from erbij.errors import EstimationError
from erbij.stats.mixed_formula import RandomTerm, parse


@pytest.mark.parametrize(
    ("text", "fixed", "random"),
    [
        ("y ~ x + (1 | g)", "x", [("1", ("g",))]),
        ("y ~ (1 | g)", "1", [("1", ("g",))]),
        ("y ~ x*C(z) - 1 + (x|g)", "x*C(z) - 1", [("x", ("g",))]),
        ("y ~ x + ((1 | g) + (0 + x | g))", "x", [("1", ("g",)), ("0 + x", ("g",))]),
        (
            "y ~ 1 + (x * z || g)",
            "1",
            [("1", ("g",)), ("0 + x", ("g",)), ("0 + z", ("g",)), ("0 + x:z", ("g",))],
        ),
        ("y ~ 1 + (0 + x || g)", "1", [("0 + x", ("g",))]),
        ("y ~ 1 + (1 | a/b/c)", "1", [("1", ("a",)), ("1", ("b", "a")), ("1", ("c", "b", "a"))]),
        ("y ~ 1 + (1 | a:b) + (1 | a:b)", "1", [("1", ("a", "b"))]),
        ("y ~ 1 + (1 | a + b)", "1", [("1", ("a",)), ("1", ("b",))]),
        ("y ~ np.log(x) + I(x - 1) + (1 | `my school`)", "np.log(x) + I(x - 1)", [("1", ("my school",))]),
    ],
)
def test_a_formula_is_read_as_lme4_reads_it(text, fixed, random):
    found = parse(text)
    assert (found.outcome, found.fixed) == ("y", fixed)
    assert found.random == tuple(RandomTerm(*term) for term in random)


@pytest.mark.parametrize(
    "text",
    [
        "y",
        "~ x + (1 | g)",
        "y ~ x",
        "y ~ x + 1 | g",
        "y ~ x + (1 | g",
        "y ~ x) + (1 | g)",
        "y ~ x - (1 | g)",
        "y ~ x + (1 | )",
        "y ~ x + (1 | g/)",
        "y ~ x + (1 | g | h)",
        "y ~ x + (x + (1 | g))",
        "y ~ x + (1 + | g)",
        "y ~ x + (0 | g)",
        "y ~ x ~ z + (1 | g)",
    ],
)
def test_what_can_not_be_read_is_refused(text):
    with pytest.raises(EstimationError):
        parse(text)
