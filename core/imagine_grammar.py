"""`/imagine PROMPT` with its flags, read as people type it, and written as one command again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from core import words
from core.flags import FLAGS, SURE, suggestion
from core.grammar import GrammarError, plain
from core.parameters import GUIDANCE, SIDE, STEPS
from core.records import Generation

PROMPT_MOST = 400
"""Stable Diffusion reads 77 tokens, about 300 characters; the rest would be cut off unseen."""
TEXT_MOST = 8_000
"""Characters of a whole command that are looked at: room for a prompt and a negative one of entities alone."""

_NUMBERED = "|".join(name for name, flag in FLAGS.items() if flag.numbered)
_FLAG = re.compile(
    rf"(?:(?<!\S)-{{2,3}}"
    rf"|(?<!\S)(?:[\u2012-\u2015\u2212]{{1,2}}-?)(?=(?i:{'|'.join(FLAGS)})\b)"
    rf"|(?:--|[\u2012-\u2015\u2212])(?=(?i:{_NUMBERED})\b))"
    r"(\w+(?:-\w+)*)"
)
"""Two dashes behind a space and any word; the flags there are also behind a long dash, as phones write it, and those
that take numbers without the space, too."""
_LONG_DASH = re.compile(r"(?<!\S)[\u2012-\u2015\u2212]{1,2}-?(\w{4,20})")
_DOUBLE, _SINGLE = '["\u201c-\u201f\u00ab\u00bb]', "['\u2018-\u201b]"
_QUOTED = re.compile(rf"\s*[=:]?\s*(?:{_DOUBLE}((?:(?!{_DOUBLE}).)*){_DOUBLE}|{_SINGLE}(.*?){_SINGLE}(?=\s|$))")
_WORD = re.compile(r"(?:\s*[=:]\s*|\s+)([^\s\u2012-\u2015\u2212-]\S*)")
_LISTED = re.compile(r"(?:\s*[=:]\s*|\s+)([^\s\u2012-\u2015\u2212-]\S*(?:(?<=,)\s+\S+)*)")
"""A word, and those behind it as long as there are commas."""
_QUOTES = re.compile(_DOUBLE)
_HELP = frozenset({"help", "?"})
_BARE_NAME = re.compile(r"\w[\w'-]*")


@dataclass(frozen=True)
class Imagine:
    """A prompt with its flags: pictures 1 to 4, seed 0 to 2³²-1 (None: any), sides in pixels.

    `model` is the subject's name behind `--model`; empty: whichever the prompt names.
    """

    prompt: str
    count: int = 1
    seed: int | None = None
    model: str = ""
    steps: int = STEPS
    guidance: float = GUIDANCE
    negative: str = ""
    width: int = SIDE
    height: int = SIDE


def read(text: str) -> Imagine:
    """Read a prompt and its flags, wherever the flags stand; of one given twice, the later counts.

    Raises:
        GrammarError: on an empty or overlong prompt, a wish for help, an unknown flag, a value missing or out of range.
    """
    if len(text) > TEXT_MOST:
        raise GrammarError(words.asking.prompt_too_long(len(text), PROMPT_MOST))
    prompts, values = list[str](), dict[str, Any]()
    for before, name, value in _parts(plain(text).replace("`", "'")):
        prompts.append(before)
        values |= FLAGS[name].read(value) if name else {}
    prompt = " ".join(" ".join(prompts).split())
    _check(prompt, str(values.get("negative", "")))
    return Imagine(prompt, **values)


def _check(prompt: str, negative: str) -> None:
    """Refuse what cannot be painted, whatever the flags say."""
    if not prompt:
        raise GrammarError(words.asking.PROMPT_EMPTY)
    if prompt.lower() in _HELP:
        raise GrammarError(words.asking.IMAGINE_HELP)
    for said in (prompt, negative):
        check_length(said)
    for name in _LONG_DASH.findall(prompt):
        if get_close_matches(name.lower(), FLAGS, 1, SURE):
            raise _unknown(name)


def check_length(said: str) -> None:
    """Refuse a prompt, or what it is to leave out, that the model would not read to its end.

    Raises:
        GrammarError: when it is too long.
    """
    if len(said) > PROMPT_MOST:
        raise GrammarError(words.asking.prompt_too_long(len(said), PROMPT_MOST))


def _parts(text: str) -> Iterator[tuple[str, str, str]]:
    """Cut a text into what stands before each flag, the flag's name and its value; last what remains, without a name.

    What follows a flag is looked at as if a space stood before it.
    """
    prompted = False
    while found := _FLAG.search(text):
        name, before = found[1].lower(), text[: found.start()]
        prompted = prompted or bool(before.strip())
        if name not in FLAGS:
            raise _unknown(found[1])
        value, rest = _value(text[found.end() :], name, prompted=prompted)
        yield before, name, value
        text = f" {rest}"
    yield text, "", ""


def _value(text: str, name: str, *, prompted: bool) -> tuple[str, str]:
    """Take a flag's value off a text: what is quoted, or one word; gives it and the rest.

    Words to be left out may be several: up to the next flag where the prompt came first, else as far as commas go.
    """
    if quoted := _QUOTED.match(text):
        return unquoted(quoted[1] or quoted[2] or ""), text[quoted.end() :]
    listed = FLAGS[name].listed
    word = (_LISTED if listed else _WORD).match(text)
    if word is None:
        return "", text
    end = word.end()
    if listed:
        following = _FLAG.search(text, word.start(1))
        most = following.start() if following else len(text)
        end = most if prompted else min(end, most)
    return unquoted(text[word.start(1) : end]).strip(" ,;.'\u2018\u2019"), text[end:]


def unquoted(value: str) -> str:
    """Take quotes out of what is to be left out: the command puts it into quotes of its own."""
    return " ".join(_QUOTES.sub("", value).split())


def _unknown(name: str) -> GrammarError:
    return GrammarError(words.asking.unknown_flag(name, suggestion(name), list(FLAGS)))


def written(imagine: Imagine) -> str:
    """Write the one command that asks for the same again, without the slash and the verb.

    As Slack sends it and shows it: `&`, `<` and `>` are entities, so it can stand in a message and pings nobody.
    """
    return words.text.escape(typed(imagine))


def typed(imagine: Imagine) -> str:
    """Write that command as a person types it."""
    flags = [
        f"--model {_name(imagine.model)}" if imagine.model else "",
        f"--n {imagine.count}" if imagine.count != 1 else "",
        f"--seed {imagine.seed}" if imagine.seed is not None else "",
        f"--steps {imagine.steps}" if imagine.steps != STEPS else "",
        f"--cfg {imagine.guidance:g}" if imagine.guidance != GUIDANCE else "",
        f'--no "{imagine.negative}"' if imagine.negative else "",
        f"--size {imagine.width}x{imagine.height}" if (imagine.width, imagine.height) != (SIDE, SIDE) else "",
    ]
    return " ".join([imagine.prompt, *filter(None, flags)])


def _name(model: str) -> str:
    return model if _BARE_NAME.fullmatch(model) else f'"{model}"'


def again(generation: Generation, subject: str) -> Imagine:
    """Give the wish that the same pictures come from; the model is named by its subject."""
    return Imagine(
        prompt=generation.prompt,
        count=generation.count,
        seed=generation.seed,
        model=subject,
        steps=generation.steps,
        guidance=generation.guidance,
        negative=generation.negative,
        width=generation.width,
        height=generation.height,
    )
