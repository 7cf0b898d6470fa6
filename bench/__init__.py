"""What is claimed about speed, each figure measured in one run beside what it is compared to."""
