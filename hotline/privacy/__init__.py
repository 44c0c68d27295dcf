"""The rights of a person: what is kept on them, giving it out, erasing it, and not keeping it long.

`inventory` says where personal data is; export, erasing and retention all go by it.
"""
