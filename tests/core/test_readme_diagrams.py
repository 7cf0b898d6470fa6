"""The diagrams in the README are the ones that the tables draw."""

import re
from pathlib import Path

import pytest

from core.states import LIFECYCLES, diagram

README = Path(__file__).parents[2] / "README.md"


@pytest.mark.parametrize("kind", ["run", "model", "generation", "comparison", "check"])
def test_diagram_in_the_readme_is_the_one_that_the_table_draws(kind: str) -> None:
    marked = re.search(rf"<!-- lifecycle:{kind} -->(.*?)<!--", README.read_text("utf-8") + "<!--", re.DOTALL)
    assert marked, f"the README has no lifecycle:{kind}"
    shown = re.search(r"```mermaid\n(.*?)\n```", marked[1], re.DOTALL)
    assert shown
    assert shown[1] == diagram(LIFECYCLES[kind])
