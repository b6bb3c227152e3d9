"""The WeChat official account, and WeChat customer service (kf): their protocol on one side, inbox and outbox on the
other."""
