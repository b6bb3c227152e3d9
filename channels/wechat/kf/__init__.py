"""WeChat customer service (微信客服) of an enterprise: messages are fetched behind a cursor, sessions have states."""
