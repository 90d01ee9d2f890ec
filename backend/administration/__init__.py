"""Who works where: people, their roles and teams, and what passes to whom when somebody leaves."""
