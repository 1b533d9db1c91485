"""One driver a channel: the people's side of its stand-in, in words that fit every channel.

The suite finds the channels by bots/<name>_bot.py and expects tests/contract/channels/<name>.py with a class
`Driver`: a channel without one fails the suite.
"""
