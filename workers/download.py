"""Fetches a file from Slack with the bot token, which goes to the trusted origins and nowhere else."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from core import words
from core.records import Photo
from workers import files
from workers.house import House
from workers.trouble import SOME, Trouble, photo, throttled, unreachable

MEGABYTES_MOST = 40
"""A 120-megapixel JPEG of good quality stays below this."""

THUMBNAILS = tuple(f"thumb_{side}" for side in (1024, 960, 800, 720, 480, 360))
"""Slack's copies of a picture, largest first; `thumb_360` is there for the smallest pictures too."""

_LOST = {"tombstone", "hidden_by_limit"}
_REDIRECTS = range(300, 400)
_OK, _TOO_MANY, _SERVER = 200, 429, 500
_MISSING = {404, 410}


async def asked(house: House, dropped: Photo) -> Photo:
    """Ask Slack where a dropped file is and what it is called: some events give no more than its id.

    Raises:
        Trouble: as `fetch`.
    """
    info = await _there(house, dropped.file)
    return replace(dropped, url=_url(info), name=str(info.get("name") or dropped.name))


async def fetch(house: House, dropped: Photo) -> bytes:
    """Give the bytes of a dropped file.

    Raises:
        Trouble: with the reason for leaving the file out, or for another try.
    """
    return await _fetch(house, dropped.url)


async def fetch_file(house: House, file: str) -> bytes:
    """Give the bytes of a file by Slack's id of it.

    Raises:
        Trouble: as `fetch`; see `is_gone`.
    """
    return await _fetch(house, _url(await _there(house, file)))


def is_gone(fault: Trouble) -> bool:
    """Tell whether a file could not be fetched because Slack has it no more."""
    return fault.code in files.GONE | _LOST | {str(status) for status in _MISSING}


async def _fetch(house: House, url: str) -> bytes:
    if origin(url) not in house.settings.file_origins:
        raise photo(words.trouble.PHOTO_ORIGIN, "origin")
    return await _download(house, url)


async def thumbnail(house: House, dropped: Photo) -> bytes:
    """Give Slack's own largest copy of a picture, a JPEG or PNG: for formats that cannot be read here.

    Raises:
        Trouble: as `fetch`; also while Slack has not made the copy yet.
    """
    info = await _info(house, dropped.file)
    url = next((str(info[name]) for name in THUMBNAILS if info.get(name)), "")
    if not url:
        raise Trouble(words.trouble.PHOTO_NO_PICTURE, "no_thumbnail", tries=SOME)
    return await _fetch(house, url)


async def _there(house: House, file: str) -> dict[str, Any]:
    """Ask Slack about a file that can be fetched."""
    info = await _info(house, file)
    mode = info.get("mode", "hosted")
    if mode in _LOST:
        raise photo(words.trouble.PHOTO_GONE, mode)
    if mode == "external" or info.get("is_external"):
        raise photo(words.trouble.PHOTO_EXTERNAL, "external")
    if int(info.get("size") or 0) > MEGABYTES_MOST * 2**20:
        raise photo(words.trouble.photo_too_large(MEGABYTES_MOST), "size")
    return info


def _url(info: dict[str, Any]) -> str:
    return str(info.get("url_private_download") or info.get("url_private") or "")


async def _info(house: House, file: str) -> dict[str, Any]:
    try:
        return (await house.slack("files.info", file=file)).get("file", {})
    except Trouble as fault:
        raise photo(words.trouble.PHOTO_GONE, fault.code) if fault.code in files.GONE else fault from fault


def origin(url: str) -> str:
    """Give scheme, host and port of an address; empty for one that carries a user, which could mislead."""
    parts = urlsplit(url)
    return "" if "@" in parts.netloc else f"{parts.scheme}://{parts.netloc}"


async def _download(house: House, url: str) -> bytes:
    headers = {"Authorization": f"Bearer {house.settings.slack_bot_token}"}
    try:
        async with house.downloads.get(url, headers=headers, allow_redirects=False) as response:
            _check(response)
            return await _read(response)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise unreachable(words.trouble.SLACK_UNREACHABLE, type(error).__name__) from error


def _check(response: Any) -> None:  # noqa: ANN401 - aiohttp's response, or what a test says of one
    """Refuse what is not the file: in its place Slack sends a redirect, or a login page with status 200."""
    status = response.status
    if status == _TOO_MANY:
        raise throttled(words.trouble.SLACK_UNREACHABLE, "429", float(response.headers.get("Retry-After", "1")))
    if status >= _SERVER:
        raise unreachable(words.trouble.SLACK_UNREACHABLE, str(status))
    if status in _MISSING:
        raise photo(words.trouble.PHOTO_GONE, str(status))
    if status in _REDIRECTS or response.content_type == "text/html" or status != _OK:
        raise photo(words.trouble.PHOTO_LOGIN_PAGE, "login_page")


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """Read the body, and stop as soon as it is too large, whatever the headers said."""
    body = bytearray()
    async for piece in response.content.iter_chunked(2**16):
        body += piece
        if len(body) > MEGABYTES_MOST * 2**20:
            raise photo(words.trouble.photo_too_large(MEGABYTES_MOST), "size")
    return bytes(body)
