"""Documents a citizen can take away: the opinion, and the papers drafted with it, as PDF and as Word."""
