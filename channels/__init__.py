"""How citizens and staff reach the conversation: web chat, app API and desk pages."""
