"""Weibo's side of the fan service, and a service that has it on."""
