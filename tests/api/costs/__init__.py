"""What every edge may cost in statements, as one table: who takes it, of which record, with what."""
