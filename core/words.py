"""Every sentence that people read. Short, kind and exact: what happens next, and what it costs."""

# --- typing ---------------------------------------------------------------------------------------------------------
LEARN_HELP = "Tell me a name and what it is: `/train riobugger cat`, or `@Darkroom learn riobugger the cat`."
IMAGINE_HELP = "`/imagine a photo of riobugger cat on the beach --n 2 --seed 7`"
MENTION_HELP = (
    "Mention me with `learn riobugger the cat` on a message with photos, "
    "or with `imagine a photo of riobugger cat on the beach`. `/darkroom` shows your models."
)
PROMPT_EMPTY = f"What shall I paint? For example: {IMAGINE_HELP}"


def prompt_too_long(length: int, most: int) -> str:
    """Answer an overlong prompt; lengths in characters."""
    return f"That prompt has {length} characters and the model reads about 300; please keep it under {most}."


def unknown_flag(name: str) -> str:
    """Answer a flag that does not exist."""
    return f"I do not know `--{escape(name)}`. There are `--n 1` to `--n 4` (pictures) and `--seed` (a whole number)."


def flag_range(name: str, least: int, most: int) -> str:
    """Answer a flag whose value is missing or out of range."""
    return f"`--{name}` takes a whole number from {least} to {most}."


def subject_unusable(most: int) -> str:
    """Answer a subject's name that cannot stand in a prompt."""
    return f"A name is one word of letters and digits, {most} at most, such as `riobugger`. {LEARN_HELP}"


def noun_unusable(most: int) -> str:
    """Answer a noun that cannot stand in a prompt."""
    return f"What it is takes plain words, {most} characters at most, such as `cat` or `desk lamp`. {LEARN_HELP}"


def escape(text: str) -> str:
    """Make typed text safe to show in Slack: nothing in it can ping, link or format by a mark of Slack's."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("`", "'")  # fmt: skip


# --- fields of the modal --------------------------------------------------------------------------------------------
FIELD_EMPTY = "Please write something here."
LICENCE_NEEDED = "The model's licence has to be accepted by the person who starts the training."


def field_too_long(most: int) -> str:
    """Fault of a text that is too long, in characters."""
    return f"Please keep this under {most} characters."


def prompt_without_subject(subject: str) -> str:
    """Fault of an instance prompt that lacks the subject."""
    return f"The prompt needs the name “{subject}” as a word of its own, or it cannot be called later."


def steps_range(most: int) -> str:
    """Fault of a number of steps."""
    return f"Steps are a whole number from 1 to {most}."


def rate_range(most: float) -> str:
    """Fault of a learning rate."""
    return f"The learning rate is a number above 0, at most {most:g}; 2e-06 is a good one."


# --- the card -------------------------------------------------------------------------------------------------------
def card_title(subject: str, noun: str) -> str:
    """Title of the card."""
    return f"{subject} · {noun}"


def drop_photos(subject: str) -> str:
    """Ask for photos. The only figure in this part of the card is the number of good ones."""
    return (
        f"Drop four to twenty photos of {subject} in this thread, in as many messages as you like. "
        "Different angles and backgrounds make the best model."
    )


def enough_photos(subject: str) -> str:
    """Say that training can start."""
    return f"That is enough to learn {subject}. Add more, or press *Train*."


GOOD_PHOTOS = "Good photos"
LEFT_OUT = "Left out"


def left_out(name: str, reason: str) -> str:
    """Name a photo that was left out, with the reason."""
    return f"*{escape(name)}* is left out: {reason}"


def too_few_photos(good: int, least: int) -> str:
    """Refuse to train with too few photos."""
    return f"Training needs {least} good photos and there are {good} so far. Drop more in the thread."


def training_costs(minutes: int, instance: str, dollars: float | None, idle_minutes: int) -> str:
    """Say before the start what a run takes and costs."""
    price = f", about ${dollars:.2f}" if dollars is not None else ""
    return (
        f"Training takes about {minutes} minutes on {instance}{price}. The endpoint that paints costs the same by the "
        f"hour, and I take it down after {idle_minutes} idle minutes."
    )


STAGE_QUEUED = "Queued"
STAGE_PREPARING = "Preparing the photos"
STAGE_TRAINING = "Training"
STAGE_DEPLOYING = "Deploying the endpoint"
STAGE_READY = "Ready to paint"


def training_step(step: int, steps: int) -> str:
    """Say how far a training is."""
    return f"Training, step {step} of {steps}"


def in_service_card(prompt: str) -> str:
    """Say on the card how to prompt the model."""
    return f"Ready to paint. Try `/imagine {escape(prompt)} on the beach`"


def asleep_card(prompt: str) -> str:
    """Say on the card that the endpoint is down."""
    return f"Asleep, and costs nothing. `/imagine {escape(prompt)}` wakes it in about 5 to 10 minutes."


DRAINING_CARD = "Falling asleep: the endpoint is being taken down."


def failed_card(reason: str) -> str:
    """Say on the card why a run or an endpoint failed."""
    return f"This did not work: {reason}"


# --- messages in the thread -----------------------------------------------------------------------------------------
def announcement(subject: str, prompt: str) -> str:
    """Announce that the endpoint is in service; said once per run."""
    return f"*{subject}* is *in service*. Ask for pictures in any channel:\n`/imagine {escape(prompt)} on the beach`"


def idle_warning(subject: str, minutes: float, dollars: float | None) -> str:
    """Warn that an idle endpoint will be taken down."""
    price = f" It costs ${dollars:.2f} an hour." if dollars is not None else ""
    return f"Nobody has used *{subject}* for a while. I take its endpoint down in {span(minutes)}.{price}"


def torn_down(subject: str, dollars: float | None) -> str:
    """Say that an idle endpoint was taken down."""
    price = f" That saves ${dollars:.2f} an hour." if dollars is not None else ""
    return f"*{subject}* is asleep: its endpoint is gone, what it has learnt is kept.{price} `/imagine` wakes it again."


def kept_awake(user: str, subject: str, minutes: float) -> str:
    """Say who kept an endpoint awake, and for how long."""
    return f"<@{user}> keeps *{subject}* awake for at least {span(minutes)}."


def training_failed(subject: str, reason: str) -> str:
    """Say why a training failed."""
    return f"Training *{subject}* did not work. {reason}\nNothing is left running. The photos are kept."


def endpoint_failed(subject: str, reason: str) -> str:
    """Say why an endpoint failed."""
    return f"The endpoint of *{subject}* did not come up. {reason}\nIt has been taken down; what was learnt is kept."


def cannot_take_down(subject: str, reason: str) -> str:
    """Tell that an endpoint cannot be taken down, which goes on costing money."""
    return f"I cannot take the endpoint of *{subject}* down, and it may still cost money. {reason} I keep trying."


SET_CLOSED = "This set is already in training, so these photos are not part of it. `/train` opens a new one."


def photos_most(most: int) -> str:
    """Reason for leaving out a photo beyond the most."""
    return f"{most} photos are enough, and this one came after."


def not_in_channel(channel: str) -> str:
    """Tell a person in a direct message that the bot cannot speak in a channel."""
    return f"I cannot write in <#{channel}>. Please `/invite @Darkroom` there and try again."


# --- answers only the asker sees ------------------------------------------------------------------------------------
def opening(subject: str) -> str:
    """Acknowledge /train."""
    return f"Opening a thread for *{subject}*. Drop the photos there."


ALREADY_OPEN = "This message already has its training thread."
STALE_BUTTON = "That button is from an earlier moment; nothing was changed. The card shows how things stand now."
USE_NO_PHOTOS = "That message has no photos. Choose one with 4 to 20 of them, or start with `/train riobugger cat`."


def painting(count: int, subject: str) -> str:
    """Acknowledge a prompt whose model is in service."""
    return f"painting… {pictures(count)} of *{subject}* will be here in a few seconds."


def waking(count: int, subject: str) -> str:
    """Acknowledge a prompt whose model is asleep."""
    return (
        f"*{subject}* is asleep. I am waking it, which takes about 5 to 10 minutes; "
        f"then {pictures(count)} will be here by itself."
    )


def starting_up(count: int, subject: str) -> str:
    """Acknowledge a prompt whose endpoint is on its way up."""
    return f"*{subject}* is getting up; {pictures(count)} will be here as soon as it is up."


NO_MODELS = "There is no model yet. Teach me one: `/train riobugger cat`, then drop 4 photos in the thread."
WHICH_MODEL = "Which one shall I paint? The prompt names none of your models, or more than one."
CHOICE_GONE = "That question has been answered already, or is too old."


def model_gone() -> str:
    """Answer a choice of a model that is not there any more."""
    return "That model is not there any more."


# --- pictures -------------------------------------------------------------------------------------------------------
def pictures(count: int) -> str:
    """Count pictures in words."""
    return "1 picture" if count == 1 else f"{count} pictures"


def caption(user: str, prompt: str, subject: str, seed: int) -> str:
    """Stand with the pictures."""
    who = f"<@{user}>: " if user else ""
    return f"{who}*{escape(prompt)}*\n{subject} · seed {seed}"


def generation_failed(prompt: str, reason: str) -> str:
    """Say that a prompt could not be painted."""
    return f"I could not paint “{escape(prompt)}”. {reason}"


# --- overview -------------------------------------------------------------------------------------------------------
HOME_TITLE = "Darkroom"
MODELS = "Models"
RUNS = "Training runs under way"
NO_RUNS = "None at the moment."
HELP_LINES = (
    "`/train riobugger cat` opens a thread. Drop 4 to 20 photos there and press *Train*.",
    "`/imagine a photo of riobugger cat on the beach --n 2 --seed 7` paints. In a thread: `@Darkroom imagine …`",
    "`/darkroom` shows this list to you alone.",
)
ENDPOINT_STATES = {
    "asleep": "asleep, costs nothing",
    "deploying": "getting up",
    "in_service": "in service",
    "draining": "falling asleep",
    "failed": "endpoint failed",
}
RUN_STATES = {
    "collecting": "collecting photos",
    "queued": "queued",
    "preparing": "preparing the photos",
    "training": "training",
}


def span(minutes: float) -> str:
    """Write a duration for people, to the minute; below one in seconds."""
    if minutes < 1:
        return f"{max(1, round(minutes * 60))} seconds"
    return "1 minute" if round(minutes) == 1 else f"{round(minutes)} minutes"


# --- troubles -------------------------------------------------------------------------------------------------------
PHOTO_NO_PICTURE = "this is no picture that I can read (JPEG, PNG or WebP)."
PHOTO_TRUNCATED = "the file is damaged or cut short."
PHOTO_LOGIN_PAGE = "Slack sent a login page in its place. An admin should check the app's files:read permission."
PHOTO_GONE = "the file is not in Slack any more."
PHOTO_EXTERNAL = "it is stored outside Slack, where I cannot fetch it."
PHOTO_ORIGIN = "it is stored at an address that I do not trust with the team's token."


def photo_too_large(megabytes: int) -> str:
    """Reason for leaving out a file that is too large."""
    return f"it is larger than {megabytes} MB."


def photo_too_many_pixels(megapixels: int) -> str:
    """Reason for leaving out a picture that has too many pixels."""
    return f"it has more than {megapixels} megapixels."


RECORDS_AWAY = "I cannot reach my records right now. Nothing is lost; please try again in a minute."


def unexpected(trouble: str) -> str:
    """Tell of a fault that nobody foresaw; the id stands in the log."""
    return f"Something went wrong that I did not expect. For your admin: error {trouble} in the log."


def gave_up(tries: int, reason: str) -> str:
    """Tell of something that was tried to its cap."""
    return f"I tried {tries} times. The last answer: {reason}"


def aws_said(reason: str) -> str:
    """Hand on AWS's own reason."""
    return f"AWS says: {escape(reason)}"


AWS_UNREACHABLE = "AWS did not answer."
SLACK_UNREACHABLE = "Slack did not answer."


def quota(reason: str) -> str:
    """Tell what to ask AWS for when a limit is reached."""
    return f"{aws_said(reason)} An admin can ask for more in AWS's Service Quotas console, under Amazon SageMaker."


def capacity(reason: str) -> str:
    """Tell that AWS has no machine free."""
    return f"{aws_said(reason)} AWS has no such machine free right now; try again in a while."
