"""Who may do what."""

from core.settings import Settings


def is_admin(told: Settings, user: str) -> bool:
    """Tell whether a person is one of the admins that this deployment was set to."""
    return user in told.admins
