"""An AWS on one port: moto's S3, STS, Logs, CloudWatch and IAM, and a SageMaker of our own in front of it.

Run it with `python -m sandbox.aws --port P --data DIR`; `sandbox.aws.process.AwsProcess` does so from Python.
"""
