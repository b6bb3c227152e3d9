"""Asterisk's AudioSocket: a call as one TCP connection."""
