"""The one path of a change: lock, permission, version, state, rules, edge, record, clocks, notices, what follows."""
