"""Slack's v0 request signature."""

import hashlib
import hmac


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Sign a request body; `timestamp` is the Unix time in seconds that is sent beside it."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def signed_headers(secret: str, timestamp: str, body: bytes) -> dict[str, str]:
    """Give the two headers that a signed request carries."""
    return {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(secret, timestamp, body),
    }
