"""Makes the files about costs: drawn or written anew from the ledger, uploaded unseen, then shared."""

import asyncio
from dataclasses import replace

from core import bills, costs, looking, outbox, reporting, words
from core.asking import Asked
from core.bills import Bill
from core.change import Change
from core.costs_grammar import Wanted
from core.grammar import GrammarError
from core.records import Report
from workers import bars, files
from workers.house import House
from workers.step import save
from workers.trouble import Trouble

_NOT_HERE = {"not_in_channel", "channel_not_found", "is_archived"}


async def asked(house: House, report: Report) -> None:
    """Make the file and upload it, find the place if it is for the asker alone, share it: one of these at a time."""
    if not report.file:
        await _make(house, report)
    elif report.alone and not report.place:
        await _announce(house, report)
    else:
        await _share(house, report)


async def _make(house: House, report: Report) -> None:
    wanted = Wanted(**report.wanted)
    if wanted.csv:
        said, name, data = words.costs.TABLE_READY, words.costs.table_name(wanted.month), await _table(house, report)
    else:
        said, name, data = await _chart(house, report, wanted)
    file = await files.send(house, name, data)
    await _go_on(house, replace(report, file=file, name=name, said=said))


async def _table(house: House, report: Report) -> bytes:
    """Write every line of a month down."""
    month = Wanted(**report.wanted).month
    models = await looking.models(house.store, report.team)
    lines = await bills.lines_of(house.store, report.team, models, month, house.now())
    up = frozenset(model.up_as for model in models if model.up_since)
    return reporting.table(lines, up).encode()


async def _chart(house: House, report: Report, wanted: Wanted) -> tuple[str, str, bytes]:
    """Draw a month's days; gives the words that go with it, the file's name, and the picture."""
    asked = Asked(report.team, report.user, report.channel, report.thread_ts, report.id)
    try:
        bill = await bills.read(house.store, house.settings, asked, wanted, house.now())
    except GrammarError as fault:
        raise Trouble(str(fault), "gone") from fault
    spent = costs.add_up(bill.lines)
    picture = await asyncio.to_thread(bars.chart, _drawn(bill))
    return words.costs.chart_ready(bill.titled, spent.dollars), words.costs.chart_name(wanted.month), picture


def _drawn(bill: Bill) -> bars.Chart:
    spent = costs.add_up(bill.lines)
    return bars.Chart(
        title=bill.titled,
        subtitle=words.costs.in_all(spent.dollars, spent.hours),
        days=[(one.training, one.endpoints) for one in costs.by_day(bill.lines, bill.wanted.month)],
        legend=(
            words.costs.part(words.costs.TRAINING, spent.training),
            words.costs.part(words.costs.ENDPOINTS, spent.endpoints),
        ),
        today=0 if bill.is_over else int((bill.now - bill.begins) // 86_400) + 1,
    )


async def _announce(house: House, report: Report) -> None:
    """Tell the asker alone that it comes: a message to a person is answered with the place where it stands."""
    posted = await house.slack("chat.postMessage", channel=report.user, text=report.said)
    await _go_on(house, replace(report, place=str(posted["channel"])))


async def _share(house: House, report: Report) -> None:
    """Share the file, unless an earlier try has done so; where the bot is not, it goes to the asker alone."""
    titles, where = {report.file: report.name}, (report.place or report.channel, "")
    said = None if report.alone else report.said
    try:
        await files.share(house, titles, where, tried=report.tries > 1, initial_comment=said)
    except Trouble as fault:
        if report.alone or fault.code not in _NOT_HERE:
            raise
        await _go_on(house, replace(report, alone=True))
        return
    await save(house, replace(report.to("posted"), due=None))


async def _go_on(house: House, report: Report) -> None:
    await house.store.commit(Change(report.team).claim(replace(report, tries=0, due=house.now())))


async def give_up(house: House, report: Report, fault: Trouble) -> None:
    """Tell the asker why nothing comes."""
    change = Change(report.team).put(replace(report.to("failed"), reason=fault.reason, due=None))
    said = words.costs.failed(fault.reason)
    await house.store.commit(change.once(outbox.ephemeral(report, f"report:{report.id}", said, house.now())))
