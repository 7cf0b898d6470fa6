"""Every sentence that people read. Short, kind and exact: what happens next, and what it costs."""

from core.words import (
    asking,
    comparing,
    doctor,
    endpoint,
    following,
    limits,
    models,
    money,
    overview,
    photos,
    recipe,
    shelf,
    text,
    training,
    trouble,
)

__all__ = [
    "asking",
    "comparing",
    "doctor",
    "endpoint",
    "following",
    "limits",
    "models",
    "money",
    "overview",
    "photos",
    "recipe",
    "shelf",
    "text",
    "training",
    "trouble",
]
