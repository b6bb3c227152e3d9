"""The provider's side of WeChat, as its documents tell it, on this machine: for tests, and to chat from a terminal."""
