"""Who works together: partnership, boards, agencies, teams, people and their memberships. Tables only."""
