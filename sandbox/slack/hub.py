"""All parts of this Slack, put together."""

from sandbox.slack.background import Background
from sandbox.slack.calls import CallLog
from sandbox.slack.delivery import Delivery
from sandbox.slack.events import Events
from sandbox.slack.faults import Faults
from sandbox.slack.files_store import FileStore
from sandbox.slack.http_mode import HttpMode
from sandbox.slack.json_types import JsonObject
from sandbox.slack.live import Live
from sandbox.slack.manifest import Manifest
from sandbox.slack.message_shapes import Content, bot_message
from sandbox.slack.messages import MessageStore
from sandbox.slack.pace import Pace
from sandbox.slack.people import Workspace
from sandbox.slack.posting import Posting
from sandbox.slack.responses import ResponseUrls
from sandbox.slack.settings import Settings
from sandbox.slack.sharing import Sharing
from sandbox.slack.socket_mode import SocketMode
from sandbox.slack.triggers import Triggers
from sandbox.slack.ts import TsCounter
from sandbox.slack.views_store import ViewStore


class Slack:
    """The workspace with everything that keeps and moves it. Handlers get it as their first argument."""

    def __init__(self, settings: Settings, manifest: Manifest) -> None:
        self.settings = settings
        self.manifest = manifest
        self.background = Background()
        self.faults = Faults()
        self.calls = CallLog()
        self.pace = Pace()
        self.ts = TsCounter()
        self.triggers = Triggers()
        self.live = Live()
        self.workspace = Workspace(manifest.bot_name)
        self.messages = MessageStore()
        self.views = ViewStore(self.live)
        self.files = FileStore(settings.data, settings.base_url)
        self.responses = ResponseUrls(settings.base_url)
        self.sockets = SocketMode(self.background)
        self.http = HttpMode(settings.request_url, settings.signing_secret) if settings.request_url else None
        transport = self.http or self.sockets
        self.delivery = Delivery(transport, self.faults, settings.retry_scale, self.background)
        self.events = Events(manifest, self.delivery, self.faults, self.ts)
        self.posting = Posting(self.workspace, self.messages, self.live, self.events)
        self.sharing = Sharing(self.files, self.posting, self.faults, self.background)
        # What people chose in the selects of messages: by channel, timestamp and person.
        self.message_values: dict[tuple[str, str, str], JsonObject] = {}

    def bot_message(self, content: Content) -> JsonObject:
        """Shape a message from the app, with the next timestamp."""
        return bot_message(self.manifest.bot_name, self.ts.next(), content)

    async def close(self) -> None:
        """Stop all that runs."""
        await self.sockets.close()
        if self.http is not None:
            await self.http.close()
        await self.background.close()
