"""Sets of sample photos under free licences, ready to be dropped into a thread (see LICENCES.md)."""
