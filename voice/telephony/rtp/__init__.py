"""Sound and keys over UDP: RTP, RTCP, G.711, the jitter buffer."""
