"""What is said about pictures that are painted to be compared: fixed pictures, the forgetting check, step sheets."""

FELL_ASLEEP = "the endpoint was taken down before this was painted"

NOT_KEPT = "no picture was kept"
