"""What JumpStart says about a model: images, script, artifact, defaults; resolved by AWS's own SDK."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from core import words
from core.settings import Settings
from core.shelf import Offer
from workers import jumpstart_sdk, ready_made
from workers.aws import Aws, trouble
from workers.hosting import Hosting, Recipe
from workers.trouble import SOME, Trouble

T = TypeVar("T")

REMEMBERED_SECONDS = 6 * 3600
"""How long AWS's SDK itself remembers what JumpStart says; a model that is withdrawn is noticed after that."""


class JumpStart:
    """Resolves models and remembers for a while what it found."""

    def __init__(self, aws: Aws, settings: Settings) -> None:
        self._aws = aws
        self._settings = settings
        self._lock = asyncio.Lock()
        self._found: dict[tuple[str, ...], tuple[float, Any]] = {}

    async def resolve(self, model_id: str, version: str) -> Recipe:
        """Resolve a model that is fine-tuned, at a version or at the newest that a wildcard allows.

        Raises:
            Trouble: when the model is unknown, deprecated, not for this machine, or AWS is out of reach.
        """
        return await self._remembered(jumpstart_sdk.recipe, model_id, version)

    async def host(self, model_id: str, version: str, instance: str) -> Hosting:
        """Resolve a ready-made model as it is deployed on a machine.

        Raises:
            Trouble: as `resolve` does; and when it does not come packed ready to run.
        """
        return await self._remembered(ready_made.hosting, model_id, version, instance)

    async def ready_made(self) -> list[Offer]:
        """List all that paint and can be deployed as they are, the newest version of each.

        Raises:
            Trouble: when AWS is out of reach, or JumpStart's list cannot be read.
        """
        return await self._asked(ready_made.offers)

    async def _remembered(self, ask: Callable[..., T], *what: str) -> T:
        async with self._lock:
            found_at, found = self._found.get(what, (0.0, None))
            if found is None or time.monotonic() - found_at > REMEMBERED_SECONDS:
                found = await self._asked(ask, *what)
                self._found[what] = (time.monotonic(), found)
            return found

    async def _asked(self, ask: Callable[..., T], *what: str) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._aws.threads, ask, self._aws, self._settings, *what
            )
        except (ClientError, BotoCoreError) as error:
            raise trouble(error) from error
        except Trouble:
            raise
        except Exception as error:
            # The SDK raises a dozen types of its own, each with a sentence that names model and cause.
            raise Trouble(words.trouble.aws_said(str(error)), type(error).__name__, tries=SOME) from error
