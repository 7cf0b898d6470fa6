"""The ids by which Slack says which button, modal or shortcut was used."""

TRAIN = "train"
TRY_AGAIN = "try_again"
WAKE_AGAIN = "wake_again"
KEEP_AWAKE = "keep_awake"
CHOOSE_MODEL = "choose_model"

TRAIN_MODAL = "train_modal"
LEARN_MODAL = "learn_modal"
USE_AS_TRAINING_SET = "use_as_training_set"
