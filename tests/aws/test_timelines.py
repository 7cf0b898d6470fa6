"""The pure part: states from facts and the time."""

from hypothesis import given
from hypothesis import strategies as st

from sandbox.aws import endpoint_timeline, schedule, training_timeline
from sandbox.aws.endpoint_timeline import EndpointFacts
from sandbox.aws.training_log import Pace, metrics_in, progress
from sandbox.aws.training_timeline import TrainingFacts


def test_endpoint_passes_its_states_at_their_instants() -> None:
    facts = EndpointFacts(created=100, ready_not_before=300, deleting_wall_s=20, answers_since=200)
    seen = [endpoint_timeline.status(facts, now) for now in (100, 299, 300, 500)]
    assert seen == ["Creating", "Creating", "InService", "InService"]
    facts.delete_asked = 500
    assert [endpoint_timeline.status(facts, now) for now in (500, 519, 520)] == ["Deleting", "Deleting", ""]
    assert endpoint_timeline.billed_wall_s(facts, 9999) == 420


def test_endpoint_whose_container_is_late_is_in_service_when_it_answers() -> None:
    facts = EndpointFacts(created=100, ready_not_before=300, deleting_wall_s=20, answers_since=400)
    assert endpoint_timeline.status(facts, 399) == "Creating"
    assert endpoint_timeline.last_modified(facts, 401) == 400


@given(st.text(alphabet="abcdef0123456789-", min_size=1, max_size=63))
def test_endpoint_takes_three_to_five_minutes_to_create(name: str) -> None:
    assert 180 <= schedule.creating_s(name) < 300
    assert schedule.creating_s(name) == schedule.creating_s(name)


def test_two_hundred_steps_take_about_twenty_minutes_and_less_on_a_larger_gpu() -> None:
    steps = {"max_steps": '"200"', "epochs": '"20"'}
    on_g4dn = schedule.training_s(steps, "ml.g4dn.2xlarge")
    waiting = schedule.STARTING_S + schedule.DOWNLOADING_S + schedule.UPLOADING_S
    assert 18 <= (on_g4dn + waiting) / 60 <= 24
    assert schedule.training_s(steps, "ml.g5.2xlarge") < on_g4dn
    assert schedule.training_s({"max_steps": '"None"', "epochs": '"20"'}, "ml.g4dn.2xlarge") == on_g4dn


def test_bill_of_a_job_never_exceeds_what_the_gpu_would_have_taken() -> None:
    facts = TrainingFacts(created=0, downloads_since=10, ended=70)
    assert training_timeline.training_s(facts, 100, speed=60, modelled_s=1200) == 1200
    assert training_timeline.training_s(facts, 100, speed=10, modelled_s=1200) == 600
    assert training_timeline.training_s(facts, 100, speed=1, modelled_s=10) == 60


def test_lost_spot_instance_counts_up_to_its_loss_and_its_stages_stay() -> None:
    facts = TrainingFacts(created=0, downloads_since=10, trains_since=20)
    training_timeline.interrupt(facts, 40)
    assert training_timeline.secondary_status(facts) == "Interrupted"
    assert not facts.holds_instance
    assert training_timeline.training_s(facts, 50, speed=10, modelled_s=1200) == 300
    facts.starts_again, facts.downloads_since = 60, 70
    assert [name for name, _ in training_timeline.phases(facts)] == [
        "Starting",
        "Downloading",
        "Training",
        "Interrupted",
        "Starting",
        "Downloading",
    ]
    assert facts.first_instance == 10
    assert training_timeline.training_s(facts, 80, speed=10, modelled_s=1200) == 400


def test_job_that_is_told_to_stop_is_stopping_until_it_has() -> None:
    facts = TrainingFacts(created=0, downloads_since=1, trains_since=2, stop_asked=3, uploads_since=4)
    assert training_timeline.secondary_status(facts) == training_timeline.status(facts) == "Stopping"
    facts.ended, facts.outcome = 5, "Stopped"
    assert training_timeline.status(facts) == "Stopped"
    assert training_timeline.last_modified(facts) == 5


def test_line_of_the_log_tells_progress_and_metrics() -> None:
    line = "Steps:  42%|#### | 84/200 [01:10<01:36, train_avg_loss=0.6123]"
    assert progress(line) == 0.42
    assert progress("loaded 3/4 weights") is None
    definition = {"Name": "loss", "Regex": r"train_avg_loss=([0-9\.]+)"}
    assert metrics_in(line, [definition, {"Name": "fid", "Regex": "fid=(.*)"}]) == {"loss": 0.6123}


def test_lines_are_held_back_to_the_pace_of_a_gpu() -> None:
    pace = Pace(started=1000, wall_s=200)
    lines = ["starting", "Steps: 50/200", "epoch 1/2 saved", "Steps: 200/200", "done"]
    assert [pace.due(line) for line in lines] == [1000, 1050, 1050, 1200, 1200]
