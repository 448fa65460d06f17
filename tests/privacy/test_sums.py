import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.errors import ProtectionError
from erbij.privacy import sums
from erbij.privacy.policy import careful
from erbij.privacy.sums import GroupSums


def groups(sizes, columns=3):
    rng = np.random.default_rng(1)
    X = [rng.normal(size=(n, columns)) for n in sizes]
    return [GroupSums(f"class {i}", len(x), x.T @ x) for i, x in enumerate(X)]


@given(sizes=st.lists(st.integers(0, 60), min_size=1, max_size=12), columns=st.integers(1, 6))
def test_every_part_is_large_enough_and_nothing_is_lost(sizes, columns):
    given_ = groups(sizes, columns)
    least = max(10, 10 * columns)
    if sum(sizes) < least:
        with pytest.raises(ProtectionError, match="too few pupils"):
            sums.contribute(given_, careful())
        return
    found = sums.contribute(given_, careful())
    assert min(group.n for group in found.groups) >= least
    assert sum(group.n for group in found.groups) == sum(sizes)
    total = sum(group.cross for group in found.groups)
    np.testing.assert_allclose(total, sum(group.cross for group in given_), atol=1e-9)


def test_names_of_classes_do_not_leave():
    found = sums.contribute(groups([40, 50, 20, 15]), careful())
    assert [group.name for group in found.groups] == [str(i + 1) for i in range(len(found.groups))]


def test_refusal_says_why_and_what_would_be_enough():
    with pytest.raises(ProtectionError, match=r"sums of 5 columns.*50 or more"):
        sums.contribute(groups([20, 20], columns=5), careful())


def test_sums_of_other_columns_are_refused():
    with pytest.raises(ProtectionError, match="same columns"):
        sums.contribute([*groups([40]), *groups([40], columns=4)], careful())
