"""A Slack on one machine: the Web API, Socket Mode, signed HTTP requests, and a door for people.

It speaks Slack's wire protocol and refuses what Slack refuses. It knows nothing of the app that it serves but the
app's manifest.
"""
