"""The labels of Amazon Rekognition's moderation, as far as they are played."""

MODEL = "7.0"
TOP = (
    "Explicit",
    "Non-Explicit Nudity of Intimate parts and Kissing",
    "Swimwear or Underwear",
    "Violence",
    "Visually Disturbing",
    "Drugs & Tobacco",
    "Alcohol",
    "Rude Gestures",
    "Gambling",
    "Hate Symbols",
)
"""The top level of the taxonomy of that model."""
BLOOD = ("Violence", "Graphic Violence", "Blood & Gore")
"""The labels that a red picture gets, from the top level down."""
