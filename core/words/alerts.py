"""What is said around what admins are told."""


def not_in_channel(channel: str) -> str:
    """Say why an admin is told alone."""
    return f"I cannot write in <#{channel}>, so I tell you here. Please `/invite @Darkroom` there."
