"""What `/darkroom` and the App Home say."""

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
    "comparing": "comparing steps",
    "training": "training",
    "stopping": "stopping",
}
