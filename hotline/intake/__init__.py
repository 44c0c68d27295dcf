"""Messages from elsewhere: a PBX's voicemail, another system, a mail. Each becomes a ticket."""
