"""What the doctor says of photos, on their sheet and in the thread: clauses that a name or number leads in."""

GOOD = "good"

PENDING = "still being looked at"

HEIC = "photos in HEIC cannot be read here; send it as JPEG (most phones convert when asked)."

TOO_MUCH_MEMORY = "reading it takes more memory than a photo may have; save it smaller, or as a plain JPEG."

LEFT = "left out by hand"

BLURRED = "nothing in it is sharp"

NARROW = "much is cut off; choose Fit to keep it whole"


def tiny(side: int) -> str:
    """Say that a photo is too small to show anything; pixels of its shorter side."""
    return f"only {side} px across, too little to learn from"


def small(side: int) -> str:
    """Say that a photo has to be enlarged; pixels of its shorter side."""
    return f"only {side} px across; 512 or more is better"


def dark(share: float) -> str:
    """Say that a photo is underexposed; share of it that is nearly black."""
    return f"too dark: {share:.0%} of it is black"


def bright(share: float) -> str:
    """Say that a photo is overexposed; share of it that is nearly white."""
    return f"too bright: {share:.0%} of it is white"


def twin(number: int) -> str:
    """Say that a photo is a near-duplicate of another one."""
    return f"much like photo {number}"


def beyond(most: int) -> str:
    """Say that a photo came after as many as a set can have."""
    return f"came after {most} others, which are enough"


SEVERAL = {
    "tiny": "too small to learn from",
    "small": "under 512 px across; 512 or more is better",
    "dark": "too dark",
    "bright": "too bright",
    "twin": "much like other photos of the set",
    "unreadable": "not readable as photos; the thread says why",
}
"""What is said at once of several photos with the same thing wrong, where each has a reason of its own."""
