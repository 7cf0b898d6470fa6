"""What the gallery says."""
