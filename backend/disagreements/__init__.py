"""Professional challenge of a decision: raised, answered, taken to somebody more senior, upheld or not."""
