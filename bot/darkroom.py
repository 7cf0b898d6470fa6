"""`/darkroom` and the words that can stand behind it: each is a feature's own, the overview when there is none."""

from collections.abc import Mapping

from bot import add_model, audit, budgets, costs, export, gallery, hours, limits, models, overview
from bot.desk import Answer, App, Desk, Payload, Subcommand
from core import words

SUBCOMMANDS: Mapping[str, Subcommand] = {
    "": overview.show,
    "help": overview.show,
    "models": models.show_models,
    "gallery": gallery.show,
    "export": export.ask,
    "add": add_model.show,
    "limits": limits.show,
    "budgets": budgets.show,
    "costs": costs.show,
    "audit": audit.show,
    "hours": hours.show,
}


def register(app: App, desk: Desk) -> None:
    """Listen for /darkroom."""

    @app.command("/darkroom")
    async def darkroom(ack: Answer, command: Payload, client: object) -> None:
        verb, _, rest = str(command.get("text") or "").strip().partition(" ")
        subcommand = SUBCOMMANDS.get(verb.lower())
        if subcommand is None:
            known = [name for name in SUBCOMMANDS if name]
            await ack(text=words.overview.unknown_subcommand(verb, known), response_type="ephemeral")
        else:
            await subcommand(desk, ack, client, {**command, "text": rest.strip()})
