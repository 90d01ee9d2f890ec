"""PostgreSQL as Django speaks to it, by somebody who does not wait for ever."""
