"""One call from greeting to goodbye, as a pure state machine."""
