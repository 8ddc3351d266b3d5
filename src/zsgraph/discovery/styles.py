"""How the parts of a text look; without a terminal they all look alike."""

from zsgraph.discovery.terminal import Style


class Styles:
    """Bold for what is told, dim for what goes beside it, and a colour for marks."""

    def __init__(self, strong: Style = str, faint: Style = str, mark: Style = str) -> None:
        self.strong, self.faint, self.mark = strong, faint, mark
