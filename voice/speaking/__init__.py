"""Makes speech: text as it is said, engines that say it, frames that carry it."""
