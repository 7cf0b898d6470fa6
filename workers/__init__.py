"""Effects go out: one step at a time, against S3, SageMaker and Slack."""
