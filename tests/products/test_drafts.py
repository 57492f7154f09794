"""The merge of two tabs: pure, so every case is cheap."""

from hypothesis import given, settings
from hypothesis import strategies as st

from products.dossiers.drafts import Draft, merge

names, values = st.sampled_from("abc"), st.integers(0, 3)
changes = st.dictionaries(names, values, max_size=3)


@settings(deadline=None)  # the machine may be busy
@given(changes, changes)
def test_a_writer_who_saw_everything_never_clashes(first, second):
    draft = Draft({})
    merge(draft, first, None)
    assert merge(draft, second, draft.revision) == []
    assert draft.values == first | second


@settings(deadline=None)  # the machine may be busy
@given(changes, changes, changes)
def test_a_stale_writer_loses_nothing_and_overwrites_nothing(base, theirs, mine):
    draft = Draft({})
    merge(draft, base, None)
    seen = draft.revision
    merge(draft, theirs, seen)
    before = dict(draft.values)
    clashes = merge(draft, mine, seen)
    for clash in clashes:
        assert before[clash.name] == clash.theirs == draft.values[clash.name]
        assert clash.mine == mine[clash.name] != clash.theirs
    clashed = {clash.name for clash in clashes}
    assert all(draft.values[name] == value for name, value in mine.items() if name not in clashed)


def test_the_same_value_again_is_no_change():
    draft = Draft({"a": 1}, 4, {"a": 4})
    assert merge(draft, {"a": 1}, 0) == []
    assert draft.revision == 4
