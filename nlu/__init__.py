"""The reading of messages: engines behind the port `Classifier`, and the rules that all of them share."""
