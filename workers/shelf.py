"""Asking JumpStart which models it has ready-made."""

import logging
from dataclasses import replace

from core import shelf
from core.change import Change
from core.records import Shelf
from workers.house import House
from workers.trouble import SOME, Trouble

log = logging.getLogger(__name__)


async def ask(house: House, asked: Shelf) -> None:
    """Ask for the whole list in one step, machines and licences included, and write it down.

    These are as many reads of S3 as there are models, eight at a time: a second or two every six hours, for prices in
    the list itself. They only read: a step that breaks off has changed nothing outside. Somebody waits with the modal
    open, so that AWS's not answering is told after some tries.
    """
    if not shelf.old(asked, house.now()):
        await house.store.commit(Change(asked.team).put(asked.to("known", due=None)))
        return
    try:
        listed = await house.jumpstart.ready_made()
    except Trouble as fault:
        raise replace(fault, tries=min(fault.tries, SOME)) from fault
    await _write(house, replace(asked, models=shelf.written(listed), fault=""))


async def give_up(house: House, asked: Shelf, fault: Trouble) -> None:
    """Leave the list as it is, and say why there is no newer one."""
    log.warning("JumpStart's list was not read: %s", fault)
    await _write(house, replace(asked, fault=fault.reason))


async def _write(house: House, told: Shelf) -> None:
    await house.store.commit(Change(told.team).put(replace(told.to("known"), checked_at=house.now(), due=None)))
