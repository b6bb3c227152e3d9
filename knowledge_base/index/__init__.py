"""What every index has, whichever engine reads it and whatever is in it."""
