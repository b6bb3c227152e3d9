"""Who waits where, for whom, and how long: queues, routing, presence and what is told to those who wait."""
