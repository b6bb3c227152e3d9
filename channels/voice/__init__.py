"""The telephone as a channel."""
