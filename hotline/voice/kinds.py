"""The kinds of sound that are taken, by what their files are called, and how long any can be."""

# What a browser's recorder writes; an mp4 or a webm may well be sound alone.
RECORDED = {"webm": "audio/webm", "ogg": "audio/ogg", "mp4": "audio/mp4", "m4a": "audio/mp4"}
SENT = {**RECORDED, "wav": "audio/wav", "mp3": "audio/mpeg"}  # by telephone systems and in mails

LONGEST_S = 24 * 3600.0
