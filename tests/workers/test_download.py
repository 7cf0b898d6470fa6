"""Photos over the wire: the token goes to Slack's files and nowhere else, and only a file counts as a file."""

from collections.abc import AsyncGenerator
from dataclasses import replace

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from core import words
from core.records import Photo
from tests.support.records import a_photo
from tests.support.site import Site, a_site
from tests.support.workshop import Workshop, settings
from workers import download
from workers.download import MEGABYTES_MOST, asked, fetch, origin
from workers.house import House
from workers.trouble import Trouble

TOKEN = "Bearer xoxb-planted-token"
PNG = {"Content-Type": "image/png"}
PAGE = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
async def files() -> AsyncGenerator[Site]:
    """The site whose files are trusted."""
    async with a_site() as site:
        yield site


@pytest.fixture
async def elsewhere() -> AsyncGenerator[Site]:
    """A site that must never see the token."""
    async with a_site() as site:
        yield site


@pytest.fixture
async def house(workshop: Workshop, files: Site) -> AsyncGenerator[House]:
    told = settings(DARKROOM_FILE_ORIGINS=files.url)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        yield replace(workshop.house, settings=told, downloads=session)


def file_at(workshop: Workshop, url: str) -> Photo:
    """Drop a file that Slack tells more of when it is asked."""
    workshop.slack.files["F1"] = {"id": "F1", "mode": "hosted", "size": 9, "url_private_download": url}
    return a_photo(file="F1")


async def fetched(house: House, photo: Photo) -> bytes:
    """Fetch a file as the step of a photo does."""
    return await fetch(house, photo if photo.url else await asked(house, photo))


async def trouble(house: House, photo: Photo) -> Trouble:
    with pytest.raises(Trouble) as caught:
        await fetched(house, photo)
    return caught.value


async def test_file_is_fetched_with_the_token(house: House, workshop: Workshop, files: Site) -> None:
    url = files.gives("/cat.png", body=b"the photo", headers=PNG)
    assert await fetched(house, file_at(workshop, url)) == b"the photo"
    assert files.seen[0].headers["Authorization"] == TOKEN


async def test_file_whose_message_says_where_it_is_is_fetched_without_asking(
    house: House, workshop: Workshop, files: Site
) -> None:
    url = files.gives("/cat.png", body=b"the photo", headers=PNG)
    assert await fetched(house, a_photo(url=url)) == b"the photo"
    assert workshop.slack.calls == []


async def test_message_that_says_a_file_is_elsewhere_is_not_believed(house: House, elsewhere: Site) -> None:
    url = elsewhere.gives("/cat.png", body=b"the photo", headers=PNG)
    assert (await trouble(house, a_photo(url=url))).reason == words.trouble.PHOTO_ORIGIN
    assert elsewhere.seen == []


async def test_login_page_with_status_200_is_no_photo(house: House, workshop: Workshop, files: Site) -> None:
    url = files.gives("/cat.png", body=b"<!doctype html>Sign in", headers=PAGE)
    fault = await trouble(house, file_at(workshop, url))
    assert (fault.reason, fault.tries) == (words.trouble.PHOTO_LOGIN_PAGE, 0)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirect_is_never_followed(
    house: House, workshop: Workshop, files: Site, elsewhere: Site, status: int
) -> None:
    there = elsewhere.gives("/cat.png", body=b"not what was asked for", headers=PNG)
    url = files.gives("/cat.png", status=status, headers={"Location": there})
    assert (await trouble(house, file_at(workshop, url))).reason == words.trouble.PHOTO_LOGIN_PAGE
    assert elsewhere.seen == []


async def test_redirect_within_the_trusted_site_is_not_followed_either(
    house: House, workshop: Workshop, files: Site
) -> None:
    files.gives("/login", body=b"<!doctype html>", headers=PAGE)
    await trouble(house, file_at(workshop, files.gives("/cat.png", status=302, headers={"Location": "/login"})))
    assert [seen.path for seen in files.seen] == ["/cat.png"]


async def test_file_of_another_origin_is_not_asked_for(house: House, workshop: Workshop, elsewhere: Site) -> None:
    url = elsewhere.gives("/cat.png", body=b"the photo", headers=PNG)
    assert (await trouble(house, file_at(workshop, url))).reason == words.trouble.PHOTO_ORIGIN
    assert elsewhere.seen == []


@pytest.mark.parametrize("announced", [True, False], ids=["with its length", "in pieces"])
async def test_file_that_is_larger_than_slack_said_is_dropped_while_it_streams(
    house: House, workshop: Workshop, files: Site, monkeypatch: pytest.MonkeyPatch, *, announced: bool
) -> None:
    monkeypatch.setattr(download, "MEGABYTES_MOST", 1)
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        length = {"Content-Length": str(64 * 2**20)} if announced else {}
        response = web.StreamResponse(headers={"Content-Type": "image/png"} | length)
        await response.prepare(request)
        for _ in range(64):
            try:
                await response.write(b"\0" * 2**20)
            except (ConnectionError, aiohttp.ClientError):
                break
            sent += 1
        return response

    files.answers["/cat.png"] = endless
    fault = await trouble(house, file_at(workshop, f"{files.url}/cat.png"))
    assert fault.reason == words.trouble.photo_too_large(1)
    assert sent < 32


async def test_file_of_exactly_the_most_is_taken(
    house: House, workshop: Workshop, files: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "MEGABYTES_MOST", 1)
    url = files.gives("/cat.png", body=b"\0" * 2**20, headers=PNG)
    assert len(await fetched(house, file_at(workshop, url))) == 2**20


@pytest.mark.parametrize("status", [404, 410])
async def test_file_that_is_gone_is_told_as_gone(house: House, workshop: Workshop, files: Site, status: int) -> None:
    fault = await trouble(house, file_at(workshop, files.gives("/cat.png", status=status)))
    assert (fault.reason, fault.tries) == (words.trouble.PHOTO_GONE, 0)


@pytest.mark.parametrize("status", [400, 401, 403])
async def test_file_that_slack_does_not_hand_out_is_told_as_a_matter_of_permission(
    house: House, workshop: Workshop, files: Site, status: int
) -> None:
    url = files.gives("/cat.png", status=status, headers=PNG)
    assert (await trouble(house, file_at(workshop, url))).reason == words.trouble.PHOTO_LOGIN_PAGE


async def test_slack_that_asks_for_patience_is_given_it(house: House, workshop: Workshop, files: Site) -> None:
    fault = await trouble(house, file_at(workshop, files.gives("/cat.png", status=429, headers={"Retry-After": "17"})))
    assert (fault.after, fault.tries > 10) == (17.0, True)


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_slack_that_stumbles_is_asked_again(house: House, workshop: Workshop, files: Site, status: int) -> None:
    assert (await trouble(house, file_at(workshop, files.gives("/cat.png", status=status)))).tries > 10


async def test_connection_that_breaks_off_is_made_again(house: House, workshop: Workshop, files: Site) -> None:
    async def half(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "image/png", "Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b"half")
        assert request.transport
        request.transport.close()
        return response

    files.answers["/cat.png"] = half
    assert (await trouble(house, file_at(workshop, f"{files.url}/cat.png"))).tries > 10


async def test_token_stands_in_no_trouble(house: House, workshop: Workshop, files: Site) -> None:
    for status in (200, 302, 404, 429, 500):
        fault = await trouble(
            house, file_at(workshop, files.gives("/x", status=status, headers=PAGE | {"Location": "/y"}))
        )
        assert "planted" not in repr(fault) + str(fault) + str(fault.__cause__)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://files.slack.com/a/b?c#d", "https://files.slack.com"),
        ("HTTPS://files.slack.com/", "https://files.slack.com"),
        ("https://files.slack.com:443/a", "https://files.slack.com:443"),
        ("https://files.slack.com@evil.example/a", ""),
        ("https://xoxb@files.slack.com/a", ""),
        ("files.slack.com/a", "://"),
    ],
)
def test_origin_is_scheme_host_and_port(url: str, found: str) -> None:
    assert origin(url) == found


@given(st.text())
def test_only_an_address_that_begins_with_the_trusted_origin_has_it(text: str) -> None:
    for url in (text, f"https://files.slack.com{text}"):
        try:
            trusted = origin(url) == "https://files.slack.com"
        except ValueError:
            continue
        assert not trusted or URL(url).host == "files.slack.com"


def test_most_is_what_a_large_photo_needs() -> None:
    assert MEGABYTES_MOST == 40
