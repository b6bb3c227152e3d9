"""Working a conversation: replies with their warnings, notes, canned replies, files, oversight, read marks."""
