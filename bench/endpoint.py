"""An endpoint whose own time is known: answers InvokeEndpoint with JPEGs of 512×512 after a fixed sleep.

`python -m bench.endpoint PORT`. Says nothing else of AWS's, and checks no signature.
"""

import asyncio
import base64
import io
import json
import random
import sys

from aiohttp import web
from PIL import Image

SECONDS = 0.05
_SIDE = 512
_QUALITY = 85


def server() -> web.Application:
    """Make the web application."""
    pictures = [base64.b64encode(_picture()).decode()]

    async def invocations(request: web.Request) -> web.Response:
        asked = json.loads(await request.read())
        await asyncio.sleep(SECONDS)
        reply = {"generated_images": pictures * asked.get("num_images_per_prompt", 1), "prompt": asked["prompt"]}
        return web.Response(body=json.dumps(reply), content_type="application/json;jpeg")

    app = web.Application()
    app.router.add_post("/endpoints/{name}/invocations", invocations)
    app.router.add_get("/ping", _ping)
    return app


async def _ping(_: web.Request) -> web.Response:
    return web.Response()


def _picture() -> bytes:
    """Make a JPEG about as large as a real one of this size: colours that run, under coarse noise."""
    chance = random.Random(7)  # noqa: S311 - a picture, no secret
    coarse = Image.frombytes("RGB", (128, 128), chance.randbytes(128 * 128 * 3))
    out = io.BytesIO()
    coarse.resize((_SIDE, _SIDE), Image.Resampling.BICUBIC).save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


if __name__ == "__main__":
    web.run_app(server(), host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)
