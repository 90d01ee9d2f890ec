"""What whoever runs Alongside sees of it: how requests go, how the work stands, and what around it is not well."""
