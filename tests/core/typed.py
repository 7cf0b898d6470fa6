"""Texts as people, phones and Slack make them, for what must understand or refuse them in words."""

from hypothesis import strategies as st

ODD = ["—", "–", "--", "“", "”", "„", "’", '"', "'", "`", "&amp;", "&lt;", "&gt;", "<@U1>", "<!channel>", "<#C1|pets>"]
FLAGGED = ["n", "seed", "steps", "cfg", "no", "ar", "size", "model", "steeps", "=", ",", "7", "0.5", "3:2", "512x768"]
FILL = [" ", " ", "\u202e", "\n", "cat", "macska", "🐈", "help", " --no ", " --n ", " —"]

typed = st.one_of(st.text(), st.lists(st.sampled_from([*ODD, *FLAGGED, *FILL]), max_size=14).map("".join))
