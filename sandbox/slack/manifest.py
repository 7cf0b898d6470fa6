"""The app's manifest: what the app may do here, and what it is told. What is not in it is refused or not delivered."""

import json
from dataclasses import dataclass
from pathlib import Path

from sandbox.slack.json_types import JsonObject, as_list, as_object, as_objects, parse_json

# Which scopes an event needs (any one of them), from Slack's reference of events.
EVENT_SCOPES: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "file_deleted": ("files:read",),
    "file_shared": ("files:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
}
_LIMITS = {"command": 32, "description": 2000, "usage_hint": 1000}
_NAME_LIMIT = 35


class ManifestError(Exception):
    """The manifest is one that Slack would refuse; the text says why, a line for each reason."""


@dataclass(frozen=True)
class Manifest:
    """The parts of an app manifest that this workspace acts on."""

    bot_name: str
    commands: tuple[JsonObject, ...]
    shortcuts: tuple[JsonObject, ...]
    scopes: frozenset[str]
    events: frozenset[str]
    interactivity: bool
    socket_mode: bool
    home_tab: bool
    messages_tab: bool
    messages_read_only: bool

    def allows(self, scopes: tuple[str, ...]) -> bool:
        """Say whether one of the scopes is granted; no scope at all is always granted."""
        return not scopes or any(scope in self.scopes for scope in scopes)

    def command(self, name: str) -> JsonObject | None:
        """Find a slash command by its name, such as `/train`."""
        return next((each for each in self.commands if each["command"] == name), None)

    def shortcut(self, callback_id: str) -> JsonObject | None:
        """Find a shortcut by its callback id."""
        return next((each for each in self.shortcuts if each["callback_id"] == callback_id), None)


def load_manifest(path: Path) -> Manifest:
    """Read and check a manifest file; raises ManifestError."""
    try:
        found = parse_json(path.read_bytes())
    except OSError as error:
        raise ManifestError(f"{path}: {error.strerror}") from error
    if found is None:
        raise ManifestError(f"{path} is not JSON")
    return read_manifest(as_object(found))


def read_manifest(found: JsonObject) -> Manifest:
    """Check a manifest and take out what matters here; raises ManifestError."""
    features, settings = as_object(found.get("features")), as_object(found.get("settings"))
    home = as_object(features.get("app_home"))
    bot = as_object(features.get("bot_user"))
    manifest = Manifest(
        bot_name=str(bot.get("display_name") or as_object(found.get("display_information")).get("name") or ""),
        commands=tuple(as_objects(features.get("slash_commands"))),
        shortcuts=tuple(as_objects(features.get("shortcuts"))),
        scopes=frozenset(as_list(_scopes(found).get("bot"))),
        events=frozenset(as_list(as_object(settings.get("event_subscriptions")).get("bot_events"))),
        interactivity=bool(as_object(settings.get("interactivity")).get("is_enabled")),
        socket_mode=bool(settings.get("socket_mode_enabled")),
        home_tab=bool(home.get("home_tab_enabled")),
        messages_tab=bool(home.get("messages_tab_enabled")),
        messages_read_only=bool(home.get("messages_tab_read_only_enabled")),
    )
    wrong = [*_faults_of_name(found), *_faults_of_commands(manifest), *_faults_of_shortcuts(manifest)]
    wrong += [*_faults_of_events(manifest)]
    if wrong:
        raise ManifestError("invalid_manifest:\n" + "\n".join(wrong))
    return manifest


def _scopes(found: JsonObject) -> JsonObject:
    return as_object(as_object(found.get("oauth_config")).get("scopes"))


def _faults_of_name(found: JsonObject) -> list[str]:
    name = as_object(found.get("display_information")).get("name")
    if not isinstance(name, str) or not 0 < len(name) <= _NAME_LIMIT:
        return [f"display_information.name must have 1 to {_NAME_LIMIT} characters"]
    return []


def _faults_of_commands(manifest: Manifest) -> list[str]:
    wrong = [
        f"slash command {json.dumps(each.get('command'))}: {key} must be a text of at most {longest} characters"
        for each in manifest.commands
        for key, longest in _LIMITS.items()
        if not isinstance(each.get(key, ""), str) or len(each.get(key, "")) > longest
    ]
    wrong += [
        f"slash command {each.get('command')}: needs a name with a slash, and a description"
        for each in manifest.commands
        if not str(each.get("command", "")).startswith("/") or not each.get("description")
    ]
    if manifest.commands and "commands" not in manifest.scopes:
        wrong.append("slash commands need the scope commands")
    return wrong


def _faults_of_shortcuts(manifest: Manifest) -> list[str]:
    wrong = [
        f"shortcut {each.get('name')}: needs name, callback_id, description and a type, message or global"
        for each in manifest.shortcuts
        if each.get("type") not in {"message", "global"}
        or not all(each.get(key) for key in ("name", "callback_id", "description"))
    ]
    if manifest.shortcuts and "commands" not in manifest.scopes:
        wrong.append("shortcuts need the scope commands")
    return wrong


def _faults_of_events(manifest: Manifest) -> list[str]:
    unknown = [f"unknown or unsupported event {name}" for name in manifest.events - EVENT_SCOPES.keys()]
    return unknown + [
        f"event {name} needs the scope {' or '.join(scopes)}"
        for name, scopes in EVENT_SCOPES.items()
        if name in manifest.events and not manifest.allows(scopes)
    ]
