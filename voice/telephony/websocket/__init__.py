"""The media WebSocket of FreeSWITCH's audio fork and of jambonz's listen."""
