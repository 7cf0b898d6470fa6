"""Cells of tables that spreadsheets open. Pure."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take for the beginning of a formula."""


def defused(text: str) -> str:
    """Keep what people have typed from being carried out by a spreadsheet."""
    return f"'{text}" if text.startswith(_FORMULA) else text
