"""What was chosen of badges is kept with their sheet."""

from __future__ import annotations

from datetime import UTC

from eventapp.badges.choice import Choice, choice_of
from eventapp.badges.formats import FORMATS
from eventapp.badges.plan import KINDS
from eventapp.badges.queries import Chosen
from tests.properties import given, st


@given(
    choice=st.builds(
        Choice,
        st.sampled_from([label.code for label in FORMATS]),
        st.builds(
            Chosen,
            st.sampled_from(["going", "not_in"]),
            st.none() | st.datetimes(timezones=st.just(UTC)),
            st.none() | st.integers(1, 10**9),
            st.sampled_from(list(KINDS)),
        ),
        st.text(),
        st.integers(1, 10),
        st.integers(1, 1000),
        st.sampled_from(["with", "nothing"]),
        st.integers(0, 50),
    )
)
def test_a_choice_is_kept_as_it_was(choice: Choice) -> None:
    assert choice_of(choice.as_json()) == choice
