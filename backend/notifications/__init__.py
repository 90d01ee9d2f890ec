"""Nobody is left wondering: the outbox, its delivery as messages and email, and the one digest a day."""
