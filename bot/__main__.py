"""Start the bot: `python -m bot`. Socket Mode when there is an app token, else signed HTTP."""

import asyncio
import contextlib
import logging
import sys
import time

from core import process
from core.settings import Settings

log = logging.getLogger(__name__)


async def serve(told: Settings, stop: asyncio.Event) -> None:
    """Answer Slack until SIGTERM."""
    with process.loading():
        from bot import app, http  # noqa: PLC0415 - settings are checked before anything heavy is loaded
        from bot.desk import Desk  # noqa: PLC0415
        from core.bell import Bell  # noqa: PLC0415
        from core.catalogue import Catalogue  # noqa: PLC0415
        from core.store import Store, connect  # noqa: PLC0415

        redis = connect(told.redis_url)
        bell = Bell(redis, told.deployment)
        store = Store(redis, told.deployment, bell)
        bolt = app.build(Desk(told, store, Catalogue(store), time.time))
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(redis.aclose)
        stack.push_async_callback(bell.close)
        if told.slack_app_token:
            from bot.socket_mode import listening  # noqa: PLC0415 - HTTP does without

            await stack.enter_async_context(listening(bolt, told))
        else:
            front = http.server(bolt, told.slack_signing_secret or "", time.time)
            await stack.enter_async_context(http.listening(front, told.port or 0))
        log.info("bot is up: %s", "Socket Mode" if told.slack_app_token else f"HTTP on port {told.port}")
        await stop.wait()


if __name__ == "__main__":
    sys.exit(process.run("bot", serve))
