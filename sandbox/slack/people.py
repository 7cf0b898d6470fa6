"""Who is in the workspace and where they talk: the seeded users, channels and direct messages."""

from dataclasses import dataclass, field

from sandbox.slack.ids import APP_ID, BOT_ID, BOT_USER, TEAM_ID
from sandbox.slack.json_types import JsonObject

_SEEDED_AT = 1_700_000_000


@dataclass(frozen=True)
class User:
    """A person, or the app's bot user."""

    id: str
    name: str
    real_name: str
    is_admin: bool = False
    is_bot: bool = False

    def wire(self) -> JsonObject:
        """Give Slack's user object."""
        profile: JsonObject = {"real_name": self.real_name, "display_name": self.real_name}
        if self.is_bot:
            profile |= {"bot_id": BOT_ID, "api_app_id": APP_ID}
        return {
            "id": self.id,
            "team_id": TEAM_ID,
            "name": self.name,
            "real_name": self.real_name,
            "deleted": False,
            "tz": "Etc/UTC",
            "tz_offset": 0,
            "is_admin": self.is_admin,
            "is_bot": self.is_bot,
            "profile": profile,
        }


@dataclass
class Channel:
    """A public channel, or the direct messages between one person and the bot (`user` is then the person)."""

    id: str
    name: str
    members: set[str] = field(default_factory=set[str])
    user: str = ""

    @property
    def is_im(self) -> bool:
        """Whether these are direct messages."""
        return bool(self.user)

    @property
    def kind(self) -> str:
        """Slack's `channel_type`."""
        return "im" if self.is_im else "channel"

    @property
    def has_bot(self) -> bool:
        """Whether the app's bot is a member."""
        return BOT_USER in self.members

    def wire(self) -> JsonObject:
        """Give Slack's conversation object."""
        shared: JsonObject = {"id": self.id, "created": _SEEDED_AT, "is_im": self.is_im, "is_archived": False}
        if self.is_im:
            return shared | {"user": self.user}
        return shared | {
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": True,
            "is_group": False,
            "is_private": False,
            "is_general": False,
            "is_member": self.has_bot,
            "num_members": len(self.members),
        }


class Workspace:
    """The users and channels by id."""

    def __init__(self, bot_name: str) -> None:
        self.users = {user.id: user for user in _seeded_users(bot_name)}
        people = [user.id for user in self.users.values() if not user.is_bot]
        self.channels = {channel.id: channel for channel in _seeded_channels(people)}

    def direct(self, user: str) -> Channel:
        """Give the direct messages between the bot and a person."""
        return next(channel for channel in self.channels.values() if channel.user == user)

    def find(self, name: str) -> Channel | None:
        """Find a conversation by its id, `#name` or `name`."""
        by_name = {channel.name: channel for channel in self.channels.values() if not channel.is_im}
        return self.channels.get(name) or by_name.get(name.removeprefix("#"))

    def seen_by(self, user: str) -> list[Channel]:
        """Give the channels of a person, their direct messages last."""
        return [channel for channel in self.channels.values() if user in channel.members]


def _seeded_users(bot_name: str) -> list[User]:
    return [
        User("U0MIRA", "mira", "Mira"),
        User("U0JON", "jonas", "Jonas", is_admin=True),
        User(BOT_USER, bot_name.lower(), bot_name, is_bot=True),
    ]


def _seeded_channels(people: list[str]) -> list[Channel]:
    with_bot = {*people, BOT_USER}
    return [
        Channel("C0PETS", "pets", set(with_bot)),
        Channel("C0STUDIO", "studio", set(with_bot)),
        Channel("C0RANDOM", "random", set(people)),
        *(Channel("D" + user[1:], "", {user, BOT_USER}, user) for user in people),
    ]
