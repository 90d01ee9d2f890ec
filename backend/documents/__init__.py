"""Files that people hang on a record: taken only when they are what they say, and read only once they are checked."""
