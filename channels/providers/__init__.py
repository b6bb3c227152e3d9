"""What the channels of outside providers share: what citizens say and send, and answers in the response to it."""
