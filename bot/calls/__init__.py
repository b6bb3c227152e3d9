"""Telephone calls as the service keeps them, whatever telephone they come by."""
