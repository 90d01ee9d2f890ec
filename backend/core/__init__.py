"""What every app may lean on: the clock, identifiers, vocabularies, errors and the conventions of the API."""
