"""`grader overrides`: what people have changed, as a YAML file, and from one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import Problems, examples
from grader.cli.override import finder, tell

app = typer.Typer(help="What people have changed in OUT, written to a YAML file or taken over from one.")
EXPORT = examples("grader overrides export results overrides.yaml")
IMPORT = examples("grader overrides import results overrides.yaml")
Out = Annotated[Path, typer.Argument(metavar="OUT", help="What `grader grade` has written.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A YAML file.")]


@app.command("export", epilog=EXPORT)
def export(out: Out, file: File) -> None:
    """Writes every override that counts: whose answer, which marks, who, when and why."""
    from grader.running.override_files import export_overrides

    count = export_overrides(out, file)
    typer.echo(f"{count} override{'' if count == 1 else 's'} written to {file}")


@app.command("import", epilog=IMPORT)
def import_(out: Out, file: File, problems: Problems = None) -> None:
    """Takes over the overrides of a file, all of them or none; what stands already is left as it is."""
    from grader.running.override_files import import_overrides

    done = import_overrides(out, file, finder(out, problems, False))
    typer.echo(f"{done.taken} taken over, {done.standing} stood already")
    if done.differences:
        tell(done.differences)
