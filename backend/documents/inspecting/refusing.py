"""What stops a file, in a sentence for whoever chose it."""


class Refused(Exception):
    """This file is not taken; the sentence says why, and what to do instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
