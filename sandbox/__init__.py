"""A Slack and an AWS on one machine, for the demo and the tests. Knows nothing of the product but its wire."""
