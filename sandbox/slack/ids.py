"""The names this workspace is known by, and new names for what comes into being in it."""

import secrets
import string

TEAM_ID = "T0DARKROOM"
TEAM_NAME = "Darkroom demo"
TEAM_DOMAIN = "darkroom-demo"
APP_ID = "A0DARKROOM"
BOT_USER = "U0BOT"
BOT_ID = "B0BOT"
# Slack puts this legacy token into every payload; apps must check the signature instead.
VERIFICATION_TOKEN = "legacy-verification-token"  # noqa: S105 - it opens nothing

_LETTERS = string.ascii_uppercase + string.digits
_ID_LENGTH = 10
_SHORT_LENGTH = 5


def new_id(prefix: str) -> str:
    """Make an id such as `F0ABC12345Z`; `prefix` is Slack's letter for the kind of thing."""
    return prefix + "".join(secrets.choice(_LETTERS) for _ in range(_ID_LENGTH))


def new_short_id() -> str:
    """Make the five letters that Slack gives a block or an action which came without an id."""
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(_SHORT_LENGTH))
