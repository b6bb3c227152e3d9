"""Private messages of a Weibo account with the fan service (粉丝服务平台)."""
