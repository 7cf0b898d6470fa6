"""What the admins have to know finds them."""

from dataclasses import replace

import pytest

from core import alerts
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


def test_a_channel_is_set_by_its_id_and_not_by_its_name() -> None:
    with pytest.raises(SettingsError, match="DARKROOM_ADMIN_CHANNEL must be Slack's id of a channel"):
        load({"DARKROOM_ADMIN_CHANNEL": "#admins"}, "sweep")
