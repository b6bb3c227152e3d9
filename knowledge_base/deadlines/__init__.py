"""Days and terms as the Civil Code counts them."""
