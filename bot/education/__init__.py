"""Legal education: short lessons, the question of the day, and the reading of an answer to it."""
