"""Messages from elsewhere at the console: who is it?"""
