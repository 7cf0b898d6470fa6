"""Records as tests want them: one of each kind, with whatever is to be different."""

from hashlib import blake2b
from typing import Any, TypeVar

from core.change import Change
from core.collecting import Dropped, File
from core.records import Generation, Message, Model, Photo, Record, Run
from core.store import Store

R = TypeVar("R", bound=Record)
TEAM, CHANNEL, THREAD, MIRA = "T0PETS", "C0PETS", "1798761600.000100", "U0MIRA"


def a_run(**different: Any) -> Run:
    usual: dict[str, Any] = {
        "team": TEAM,
        "id": "run1",
        "state": "collecting",
        "channel": CHANNEL,
        "thread_ts": THREAD,
        "owner": MIRA,
        "subject": "riobugger",
        "noun": "cat",
        "instance_prompt": "a photo of riobugger cat",
        "class_prompt": "a photo of a cat",
    }
    return Run(**(usual | different))


def its_message(photo: Photo) -> Dropped:
    """The message that a photo came with, with that photo alone."""
    return Dropped(photo.user, photo.ts, [File(photo.file, photo.name)])


def a_photo(**different: Any) -> Photo:
    """A photo that the doctor has nothing to say about, unlike every photo with another id."""
    usual: dict[str, Any] = {
        "team": TEAM,
        "id": "photo1",
        "state": "dropped",
        "run": "run1",
        "file": "F1",
        "name": "cat.jpg",
        "user": MIRA,
        "ts": "1798761600.000200",
        "width": 1_200,
        "height": 900,
        "sharpness": 400.0,
    }
    unlike: Any = blake2b(str(different.get("id", "photo1")).encode(), digest_size=8).hexdigest()
    return Photo(**(usual | {"dhash": unlike} | different))


def a_model(**different: Any) -> Model:
    usual: dict[str, Any] = {
        "team": TEAM,
        "id": "model1",
        "state": "asleep",
        "run": "run1",
        "channel": CHANNEL,
        "thread_ts": THREAD,
        "owner": MIRA,
        "subject": "riobugger",
        "noun": "cat",
        "instance_prompt": "a photo of riobugger cat",
        "artifact": "s3://photos/out/job/output/model.tar.gz",
        "jumpstart_id": "model-txt2img-stabilityai-stable-diffusion-v2-1-base",
        "jumpstart_version": "1.1.3",
        "trained_at": 1_798_761_000.0,
    }
    return Model(**(usual | different))


def a_ready_made_model(**different: Any) -> Model:
    """One of JumpStart's, as it is after it was added in a channel."""
    usual: dict[str, Any] = {
        "id": "ready1",
        "run": "",
        "thread_ts": "",
        "subject": "ghibli",
        "noun": "ready-made model",
        "instance_prompt": "a picture of a cat by ghibli",
        "artifact": "",
        "jumpstart_id": "huggingface-txt2img-nitrosocke-ghibli-diffusion",
        "jumpstart_version": "2.0.13",
        "instance": "ml.g5.2xlarge",
    }
    return a_model(**(usual | different))


def a_generation(**different: Any) -> Generation:
    usual: dict[str, Any] = {
        "team": TEAM,
        "id": "generation1",
        "state": "queued",
        "user": MIRA,
        "channel": CHANNEL,
        "prompt": "a photo of riobugger cat on the beach",
        "seed": 7,
        "model": "model1",
    }
    return Generation(**(usual | different))


def a_message(**different: Any) -> Message:
    usual: dict[str, Any] = {
        "team": TEAM,
        "id": "message1",
        "state": "pending",
        "call": "post",
        "channel": CHANNEL,
        "text": "hello",
        "since": 1_798_761_600.0,
    }
    return Message(**(usual | different))


async def written(store: Store, record: R) -> R:
    """Write a new record down and give it as it stands there."""
    assert await store.commit(Change(record.team).put(record)), f"{record.member} stands there already"
    return await stands(store, record)


async def stands(store: Store, record: R) -> R:
    """Read a record again."""
    found = await store.get(type(record), record.team, record.id)
    assert found is not None, f"{record.member} is gone"
    return found
