"""The dialogue engine behind its seam, and the processes it runs in."""
