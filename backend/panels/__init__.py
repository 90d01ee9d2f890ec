"""Meetings of several agencies about several children: agenda, invitations, information beforehand, decisions."""
