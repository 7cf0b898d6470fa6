"""What the admins have to know finds them."""

from dataclasses import replace
from typing import Any

import pytest

from core import alerts, outbox
from core.settings import SettingsError, load
from tests.support.records import TEAM

TOLD = load({"AWS_REGION": "us-west-2", "DARKROOM_ADMINS": "UANNA,UBEN"}, "sweep-nothing")


def test_the_admins_are_told_in_their_channel() -> None:
    told = replace(TOLD, admin_channel="CADMINS")
    assert [one.channel for one in alerts.to_admins(told, TEAM, "k", "Look.", 5)] == ["CADMINS"]


def test_without_a_channel_each_admin_is_told_alone_and_once() -> None:
    first, second = (alerts.to_admins(TOLD, TEAM, "k", "Look.", at) for at in (5, 6))
    assert [one.channel for one in first] == ["UANNA", "UBEN"]
    assert [one.id for one in first] == [one.id for one in second]
    assert len({one.id for one in first}) == len(first)


def test_what_cannot_be_written_in_their_channel_is_told_to_each_admin_alone_with_the_reason() -> None:
    told = replace(TOLD, admin_channel="CADMINS")
    button: dict[str, Any] = {"type": "actions", "elements": []}
    (unheard,) = alerts.to_admins(told, TEAM, "k", "Look.", 5, [button])
    alone = alerts.to_each_admin(told, unheard, 6)
    assert [one.channel for one in alone] == ["UANNA", "UBEN"]
    assert [one.id for one in alone] == [one.id for one in alerts.to_admins(TOLD, TEAM, "k", "Look.", 7)]
    assert all(one.text.startswith("Look.\nI cannot write in <#CADMINS>") for one in alone)
    assert all(one.blocks[0] == button and "I cannot write" in str(one.blocks[1]) for one in alone)


def test_only_alerts_go_to_the_admins_when_they_cannot_be_written() -> None:
    told = replace(TOLD, admin_channel="CADMINS")
    assert alerts.to_each_admin(told, outbox.post(TEAM, "k", ("CADMINS", ""), "Hello.", 5), 6) == []
    (alone, _) = alerts.to_admins(TOLD, TEAM, "k", "Look.", 5)
    assert alerts.to_each_admin(told, alone, 6) == []


def test_a_channel_is_set_by_its_id_and_not_by_its_name() -> None:
    with pytest.raises(SettingsError, match="DARKROOM_ADMIN_CHANNEL must be Slack's id of a channel"):
        load({"DARKROOM_ADMIN_CHANNEL": "#admins"}, "sweep")
