"""The Rasa project: graph components, domain, rules and custom actions of the conversation."""
