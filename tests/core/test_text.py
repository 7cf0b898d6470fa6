"""Small pieces that sentences are made of."""

import pytest

from core.words.text import ago


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "a moment ago"),
        (59, "a moment ago"),
        (60, "1 minute ago"),
        (7_199, "1 hour ago"),
        (7_200, "2 hours ago"),
        (86_400, "1 day ago"),
        (90 * 86_400, "90 days ago"),
    ],
)
def test_how_long_ago_is_said_in_the_largest_whole_unit(seconds: float, said: str) -> None:
    assert ago(seconds) == said
