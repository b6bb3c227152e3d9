"""The calculators topics may use, one module each; the registry knows them by name."""
