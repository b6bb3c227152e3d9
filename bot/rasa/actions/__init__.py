"""Custom actions; the same classes run in a worker of ours and under `rasa run actions --actions bot.rasa.actions`."""
