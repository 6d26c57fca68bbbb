"""The 18 steps of the ordinary procedure: definitions, guards, deadlines, state."""
