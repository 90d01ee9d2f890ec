"""Services from the directory that a family takes up within a case, their sessions, and a provider's own work."""
