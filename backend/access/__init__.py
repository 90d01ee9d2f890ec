"""Who may see and do what: the policy table, actors, involvement, row-level security and the bound transaction."""
