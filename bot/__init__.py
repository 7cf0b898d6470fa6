"""Slack comes in: one file per thing a person does. A listener checks, writes one record, answers."""
