"""What people see in Slack, drawn as Block Kit from records. Pure: no I/O, `now` comes as an argument."""
