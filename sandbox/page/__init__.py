"""The chat page: static files served by the sandbox, and the transcript that looks like it."""
