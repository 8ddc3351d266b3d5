"""Wrong use of the command line, told in both languages."""

import click

from zsgraph.findings import Message


def usage_sentence(error: click.ClickException) -> Message:
    """Return the sentence that tells of a wrong option, argument or value.

    Parameters
    ----------
    error
        What click raised; its own sentence is English.
    """
    if isinstance(error, click.NoSuchOption):
        near = error.possibilities or []
        return Message(
            f"没有选项 {error.option_name}。"
            + (f"是不是 {near[0]}？" if near else "加 --help 可看全部选项。"),
            f"There is no option {error.option_name}. "
            + (f"Did you mean {near[0]}?" if near else "--help lists all options."),
        )
    if isinstance(error, click.BadOptionUsage):
        name = error.option_name
        return Message(f"选项 {name} 后面缺少值。", f"Option {name} lacks a value.")
    if isinstance(error, click.MissingParameter) and error.param:
        is_option = isinstance(error.param, click.Option)
        name = error.param.opts[-1] if is_option else error.param.human_readable_name
        return Message(
            f"缺少 {name}。加 --help 可看用法。", f"{name} is missing. --help tells the usage."
        )
    if isinstance(error, click.BadParameter):
        name = error.param.opts[-1] if error.param else ""
        if error.param and isinstance(error.param.type, click.Choice):
            known = [str(choice) for choice in error.param.type.choices]
            return Message(
                f"{name} 只能是 {'、'.join(known)} 之一。",
                f"{name} takes one of: {', '.join(known)}.",
            )
        if error.param and isinstance(error.param.type, click.IntRange):
            return _whole_number(name, error.param.type)
        return Message(f"{name} 的值不对：{error.message}", f"{name}: {error.message}")
    sentence = error.format_message()
    return Message(
        f"用法不对（{sentence}）。加 --help 可看用法。", f"{sentence} --help tells the usage."
    )


def _whole_number(name: str, wanted: click.IntRange) -> Message:
    least, most = wanted.min, wanted.max
    if most is None:
        return Message(
            f"{name} 须是不小于 {least} 的整数。", f"{name} takes a whole number, {least} or more."
        )
    return Message(
        f"{name} 须是 {least} 到 {most} 之间的整数。",
        f"{name} takes a whole number from {least} to {most}.",
    )
