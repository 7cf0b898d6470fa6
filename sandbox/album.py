"""Keeps what the story made: pictures, and a transcript of the channels in HTML."""

from pathlib import Path

from sandbox.page.transcript import transcript
from sandbox.slack.json_types import as_objects
from sandbox.slack.person import Person


class Album:
    """A folder of pictures with a transcript."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for old in (*folder.glob("*.jpg"), *folder.glob("*.html")):
            old.unlink()

    def keep(self, name: str, picture: bytes) -> str:
        """Save a picture; gives its path as a person would write it."""
        (self._folder / name).write_bytes(picture)
        return _short(self._folder / name)

    async def transcribe(self, person: Person) -> str:
        """Save what a person sees of all channels; gives the path."""
        state = await person.state()
        messages = [message for channel in state["messages"].values() for message in as_objects(channel)]
        pictures = await person.pictures_of(messages)
        channels = {str(one["id"]): str(one["name"]) for one in as_objects(state["channels"])}
        page = self._folder / "transcript.html"
        page.write_text(transcript(messages, as_objects(state["users"]), pictures, channels=channels), "utf-8")
        return _short(page)


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
