"""The small SIP user agent server."""
