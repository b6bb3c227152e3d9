"""Commands of `faxian` that need the dialogue, one module each."""
