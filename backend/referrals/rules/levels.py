"""The levels of need, and the partnership's own text beside each."""

LEVELS = "levels_of_need"
# The kind of configuration that holds the texts.
THRESHOLD_TEXT = "threshold_text"
