"""The conversation: dialogue engine, interviews, safety, desk and store."""
