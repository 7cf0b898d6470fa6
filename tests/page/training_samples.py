"""A card and a modal as big as training gets them: the contact sheet, buttons beside photos, 25 fields."""

from io import BytesIO

from PIL import Image, ImageDraw

from tests.page.fake_slack import Json, text

_TILES = 4
_SHEET = (1080, 1350)


def contact_sheet() -> bytes:
    """A picture of 1080×1350 with numbered tiles and a line of words under each."""
    sheet = Image.new("RGB", _SHEET, "#f4f1ec")
    draw = ImageDraw.Draw(sheet)
    side = _SHEET[0] // _TILES
    for number in range(_TILES * _TILES):
        left, top = number % _TILES * side, number // _TILES * (side + 60)
        draw.rectangle((left + 12, top + 12, left + side - 12, top + side - 12), fill=f"hsl({number * 23}, 45%, 55%)")
        draw.text((left + 20, top + 18), str(number + 1), fill="white", font_size=36)
        draw.text((left + 12, top + side - 4), "good" if number % 5 else "too like number 3", fill="#333", font_size=24)
    out = BytesIO()
    sheet.save(out, "JPEG")
    return out.getvalue()


def option(words: str, hint: str = "") -> Json:
    """An option whose value is its text."""
    return {"text": text(words), "value": words, **({"description": text(hint)} if hint else {})}


def field(name: str, element: Json, hint: str = "", **more: object) -> Json:
    """An input block named by its label."""
    hinted = {"hint": text(hint)} if hint else {}
    return (
        {"type": "input", "block_id": name, "label": text(name), "element": {"action_id": "v", **element}}
        | hinted
        | more
    )


def number(initial: str) -> Json:
    """A number field."""
    return {"type": "number_input", "is_decimal_allowed": False, "initial_value": initial}


def _photo(place: int, verdict: str, deed: str) -> Json:
    button = {"type": "button", "action_id": "leave_out", "text": text(deed), "value": f"p{place}"}
    words = text(f"*{place}*  {verdict}", "mrkdwn")
    return {"type": "section", "block_id": f"photo-{place}", "text": words, "accessory": button}


ASK = {
    "title": text("Cancel the training?"),
    "text": text("The job is stopped and nothing more is billed. The photos stay."),
    "confirm": text("Stop it"),
    "deny": text("Go on"),
    "style": "danger",
}


def card(sheet: str) -> list[Json]:
    """The blocks of a training card that shows a file as its contact sheet."""
    photos = [option(f"Photo {place}") for place in range(1, 21)]
    select = {"type": "static_select", "action_id": "one", "placeholder": text("Leave out a photo…"), "options": photos}
    return [
        {"type": "header", "block_id": "h", "text": text("riobugger cat")},
        {"type": "section", "block_id": "w", "text": text("14 of 16 photos are good · about 22 min · $0.54", "mrkdwn")},
        {"type": "image", "block_id": "sheet", "slack_file": {"id": sheet}, "alt_text": "Contact sheet of 16 photos"},
        _photo(1, "blurred: the sharpest part has 38 where 80 is needed", "Use anyway"),
        _photo(6, "nearly the same as number 3", "Use anyway"),
        _photo(11, "too dark: 71 % of it is black", "Use anyway"),
        _photo(16, "good, and worth a longer sentence that has to wrap on a narrow phone without pushing", "Leave out"),
        {
            "type": "actions",
            "block_id": "deeds",
            "elements": [
                {"type": "button", "action_id": "train", "text": text("Train"), "style": "primary"},
                select,
                {"type": "button", "action_id": "crop", "text": text("Show the whole photo")},
                {"type": "button", "action_id": "stop", "text": text("Cancel"), "style": "danger", "confirm": ASK},
                {
                    "type": "overflow",
                    "action_id": "more",
                    "options": [option("Class photos"), option("Forget the set")],
                },
            ],
        },
        {"type": "context", "block_id": "c", "elements": [text("Rates of 12 October 2026, us-east-1", "mrkdwn")]},
    ]


_PRESETS = [
    option("Thing or pet", "200 steps; 400 from 8 photos up. Objects need few steps, or they overfit."),
    option("Face", "Prior preservation with 100 class images, 800 steps on ml.g5.2xlarge."),
]
_MODELS = [
    {"label": text("Trained here"), "options": [option("riobugger cat"), option("doppler dog")]},
    {"label": text("Elsewhere"), "options": [option("Stable Diffusion 2.1 base")]},
]
_TERMS = [option("I accept the CreativeML Open RAIL++-M licence", "Recorded with your name and the time")]


def modal() -> Json:
    """The training form with its advanced part: 25 fields and what stands between them."""
    radios = {"type": "radio_buttons", "options": _PRESETS, "initial_option": _PRESETS[0]}
    parent = {"type": "static_select", "action_id": "v", "option_groups": _MODELS, "placeholder": text("A fresh start")}
    advanced = [field(f"hyperparameter_{n}", number(str(n * 100)), f"From {n} to {n * 1000}") for n in range(1, 20)]
    return {
        "id": "V1",
        "type": "modal",
        "title": text("Train riobugger"),
        "submit": text("Start"),
        "close": text("Cancel"),
        "blocks": [
            field("Preset", radios, dispatch_action=True),
            {
                "type": "section",
                "block_id": "on",
                "text": text("*On top of* an earlier model", "mrkdwn"),
                "accessory": parent,
            },
            field("instance_prompt", {"type": "plain_text_input", "initial_value": "a photo of riobugger cat"}),
            field("class_prompt", {"type": "plain_text_input", "placeholder": text("a photo of a cat")}, optional=True),
            field(
                "instance", {"type": "static_select", "options": [option("ml.g5.2xlarge"), option("ml.g4dn.2xlarge")]}
            ),
            {"type": "context", "block_id": "eta", "elements": [text("About 22 minutes and $0.54", "mrkdwn")]},
            {"type": "divider", "block_id": "line"},
            *advanced,
            field("notes", {"type": "plain_text_input", "multiline": True}, "Only for you", optional=True),
            field("Terms", {"type": "checkboxes", "options": _TERMS}),
        ],
    }


ERRORS = {
    "hyperparameter_2": "max_steps must be between 50 and 2000.",
    "hyperparameter_9": "This needs prior preservation to be on.",
    "Terms": "Please accept the licence to start.",
}
