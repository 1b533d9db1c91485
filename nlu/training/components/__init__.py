"""Components of our own for Rasa's pipeline. They run in Rasa's Python 3.10, so they may import, of the desk, only the
few files that `nlu.rasa_project.SHARED_CODE` names: numpy and the standard library, nothing newer than Python 3.10.
"""
