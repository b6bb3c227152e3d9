"""What the services look up beside their guidance: registers, cases."""
