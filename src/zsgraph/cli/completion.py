"""``zsgraph completion``: the script by which a shell completes words."""

import click

from zsgraph.cli.language import chosen_language, lang_option, text

SHELLS = ("bash", "zsh", "fish")


@click.command("completion", help="输出 shell 补全脚本 / print the completion script of a shell")
@click.argument("shell", type=click.Choice(SHELLS), required=False)
@lang_option
@click.pass_context
def command(ctx: click.Context, shell: str | None, lang: str | None) -> int:
    """Print the script; without a shell, tell how it is installed."""
    from click.shell_completion import get_completion_class

    from zsgraph.cli import group
    from zsgraph.cli.complete import VARIABLE

    if shell is None:
        zh = "在 shell 的配置文件中加一行，然后打开新的终端："
        en = "Add a line to the configuration of your shell and open a new terminal:"
        click.echo(text(chosen_language(ctx), zh, en))
        click.echo('  ~/.bashrc                   eval "$(zsgraph completion bash)"')
        click.echo('  ~/.zshrc                    eval "$(zsgraph completion zsh)"')
        click.echo("  ~/.config/fish/config.fish  zsgraph completion fish | source")
        return 0
    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(group, {}, "zsgraph", VARIABLE).source())
    return 0
