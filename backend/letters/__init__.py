"""Letters of a case from the templates of its partnership, drawn as PDF and kept as its documents."""
