"""The shortcut "Use as training set" on a message with photos: asks who it is, then opens the set in its thread."""

from bot.desk import Answer, App, Client, Desk, Payload, team_of, whisper
from bot.learn import dropped
from core import actions, grammar, words
from core.cards.learn_modal import answers, learn_modal
from core.collecting import Dropped, File, Origin, open_set

FILES_MOST = 20
"""As many as a set can have."""
NAME_MOST = 40
"""Characters kept of a file's name: Slack carries at most 3,000 through a modal."""


def register(app: App, desk: Desk) -> None:
    """Listen for the shortcut and its modal."""

    @app.shortcut(actions.USE_AS_TRAINING_SET)
    async def asked(ack: Answer, body: Payload, client: Client, respond: Answer) -> None:
        await ack()
        message = body["message"]
        attached = dropped({"user": body["user"]["id"]} | message).files[:FILES_MOST]
        files = [(file.id, file.name[-NAME_MOST:]) for file in attached]
        if not files:
            await whisper(respond, words.training.USE_NO_PHOTOS)
            return
        origin = {"channel": body["channel"]["id"], "ts": message.get("thread_ts") or message["ts"]}
        modal = learn_modal(origin | {"message": message["ts"], "files": files}, len(files))
        await client.views_open(trigger_id=body["trigger_id"], view=modal)

    @app.view(actions.LEARN_MODAL)
    async def named(ack: Answer, body: Payload, view: Payload) -> None:
        subject, noun, origin = answers(view)
        try:
            learn = grammar.named(subject, noun)
            desk.bounds.word_filter.check_subject(learn)
        except grammar.GrammarError as fault:
            await ack(response_action="errors", errors={fault.field: words.text.unmarked(str(fault))})
            return
        user = body["user"]["id"]
        files = [File(file, name) for file, name in origin["files"]]
        where = Origin(team_of(body), origin["channel"], user, origin["message"], origin["ts"])
        photos = Dropped(user, origin["message"], files)
        if await open_set(desk.store, where, learn, photos, desk.now()):
            await ack()
        else:
            await ack(response_action="errors", errors={"subject": words.training.ALREADY_OPEN})
