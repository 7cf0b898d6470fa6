"""What is said when something goes wrong, to whoever can do something about it."""

from core.words import text

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


LEFT_OVER = "That is from an earlier version of me; nothing was changed. `/darkroom help` shows what I can do now."

FORM_TOO_LATE = "I was too slow: Slack opens a form within three seconds only. Nothing is lost; please try it again."

SLACK_AWAY = "Slack does not answer me right now. Nothing was done; please try again in a minute."

SLACK_BUSY = "Slack asks me to slow down, so I could not show you that. Please try it again in a minute."

RECORDS_AWAY = "I cannot reach my records right now. Nothing is lost; please try again in a minute."


def unexpected(trouble: str) -> str:
    """Tell of a fault that nobody foresaw; the id stands in the log."""
    return f"Something went wrong that I did not expect. For your admin: error {trouble} in the log."


def gave_up(tries: int, reason: str) -> str:
    """Tell of something that was tried to its cap."""
    return f"I tried {tries} times. The last answer: {reason}"


def aws_said(reason: str) -> str:
    """Hand on AWS's own reason."""
    return f"AWS says: {text.escape(reason)}"


AWS_UNREACHABLE = "AWS did not answer."

SLACK_UNREACHABLE = "Slack did not answer."


def quota(reason: str) -> str:
    """Tell what to ask AWS for when a limit is reached."""
    return f"{aws_said(reason)} An admin can ask for more in AWS's Service Quotas console, under Amazon SageMaker."


def capacity(reason: str) -> str:
    """Tell that AWS has no machine free."""
    return f"{aws_said(reason)} AWS has no such machine free right now; try again in a while."
