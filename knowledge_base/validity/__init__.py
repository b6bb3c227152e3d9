"""When a text binds, decided from dates, versions and the laws' own words."""
