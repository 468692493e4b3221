"""Draws what a command prints as a terminal would show it: scripts/pictures calls this."""

import html
import os
import subprocess
import tempfile
from pathlib import Path

from rich.style import Style
from rich.terminal_theme import MONOKAI
from rich.text import Text

FOLDER = Path(__file__).parent
PICTURES = {"search": (["elchi", "search", "تفاهم نامه", "--lang", "fa"], (1120, 470))}
PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 22px 28px; background: #14181f; color: #d7dce2 }}
body {{ font: 17px/1.65 "DejaVu Sans Mono", "Noto Sans Arabic", monospace }}
p {{ margin: 0; white-space: pre-wrap; unicode-bidi: plaintext }} b {{ color: #8fbcbb }}
</style><p><b>$</b> {command}</p>{lines}"""


def draw(name: str, command: list[str], size: tuple[int, int]) -> None:
    """Run the command and write its picture."""
    printed = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "FORCE_COLOR": "1"}
    ).stdout
    lines = "".join(f"<p>{_line(Text.from_ansi(line)) or '&nbsp;'}</p>" for line in printed.splitlines())
    page = PAGE.format(command=html.escape(" ".join(command)), lines=lines)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "page.html")
        source.write_text(page, encoding="utf-8")
        flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--disable-background-networking",
            "--no-first-run",
        ]
        window = f"--window-size={size[0]},{size[1]}"
        picture = f"--screenshot={FOLDER / name}.png"
        subprocess.run(
            ["chromium", *flags, f"--user-data-dir={folder}/profile", window, picture, source.as_uri()],
            check=True,
            capture_output=True,
        )


def _line(text: Text) -> str:
    parts, end = [], 0
    for span in sorted(text.spans, key=lambda span: span.start):
        parts += [html.escape(text.plain[end : span.start]), _span(text.plain[span.start : span.end], span.style)]
        end = span.end
    return "".join([*parts, html.escape(text.plain[end:])])


def _span(words: str, style: Style | str) -> str:
    css = style.get_html_style(MONOKAI) if isinstance(style, Style) else ""
    return f'<span style="{css}">{html.escape(words)}</span>'


if __name__ == "__main__":
    for name, (command, size) in PICTURES.items():
        draw(name, command, size)
