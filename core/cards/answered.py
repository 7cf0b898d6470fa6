"""What stands in a modal: its answers by field, and the blocks under which a fault can be shown."""

from collections.abc import Mapping
from typing import Any

from core import words

View = Mapping[str, Any]


def field_of(block_id: str) -> str:
    """Name the field of a block: its id up to a dot, behind which stands what the field depends on."""
    return block_id.partition(".")[0]


def stated(view: View) -> dict[str, str]:
    """Read what stands in a view: field → text; what is not ticked is empty, a list with nothing chosen left out."""
    values = view["state"]["values"]
    found = {field_of(block): _value(each) for block, fields in values.items() for each in fields.values()}
    return {name: text for name, text in found.items() if text is not None}


def _value(element: Mapping[str, Any]) -> str | None:
    """Read an element's state; None where a list has nothing chosen, which stands for what was there before."""
    if "selected_options" in element:
        return "yes" if element["selected_options"] else ""
    if "selected_option" in element:
        chosen = element["selected_option"]
        return str(chosen["value"]) if chosen else None
    return str(element.get("value") or "").strip()


def block_ids(view: View) -> dict[str, str]:
    """Give the id of each question's block, by field."""
    ids = [str(block["block_id"]) for block in view["blocks"] if block["type"] == "input"]
    return {field_of(block_id): block_id for block_id in ids}


def under(view: View, faults: Mapping[str, str]) -> dict[str, str]:
    """Put each fault under its field's block; those of fields that are not shown under the preset, with their name."""
    shown = block_ids(view)
    found = {shown[name]: fault for name, fault in faults.items() if name in shown}
    hidden = [words.recipe.hidden(name, fault) for name, fault in faults.items() if name not in shown]
    if hidden:
        found[shown["preset"]] = " ".join([*filter(None, [found.get(shown["preset"])]), *hidden])
    return found
