"""The microphone of a browser: a call from the page itself."""
