"""
Make the pictures of the README anew from the sample briefing: plekken.png and dias.png.

Needs LibreOffice (`soffice`) and poppler (`pdftoppm`), which draw the slides.

    python benchmarks/pictures.py            writes into docs/beeld
    python benchmarks/pictures.py FOLDER
"""

import argparse
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import ipgtools as ipg

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "beeld"
MAP_WIDTH = 1100
SLIDES = ("wat_valt_op", "plekken", "plek_1", "vergelijking")
SLIDE = (692, 389)
LEFT, TOP = (4, 704), (4, 402)
SHEET = (1400, 795)
GREY = (216, 221, 227)
COLOURS = 256


def slides(powerpoint: Path, numbers: list[int]) -> list[Any]:
    """Draw slides of a presentation, by their number from 1."""
    from PIL import Image

    with TemporaryDirectory() as folder:
        subprocess.run(
            ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(powerpoint)],
            check=True, capture_output=True,
        )  # fmt: skip
        (pdf,) = Path(folder).glob("*.pdf")
        drawn = []
        for number in numbers:
            subprocess.run(
                ["pdftoppm", "-png", "-r", "150", "-f", str(number), "-singlefile", str(pdf),
                 str(pdf.with_suffix(""))],
                check=True,
            )  # fmt: skip
            with Image.open(pdf.with_suffix(".png")) as image:
                drawn.append(image.convert("RGB").resize(SLIDE, Image.Resampling.LANCZOS))
        return drawn


def main() -> None:
    """Make both pictures."""
    from PIL import Image
    from pptx import Presentation

    asked = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    asked.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    folder = asked.parse_args().folder
    with TemporaryDirectory() as out:
        run = ipg.pipeline.run(ipg.Settings.sample().changed(folder=Path(out) / "briefing"))
        (powerpoint,) = (path for path in run.files if path.suffix == ".pptx")
        (places,) = (path for path in run.files if path.match("kaarten/plekken_*.png"))
        titles = [slide.shapes.title.text for slide in Presentation(str(powerpoint)).slides]
        chosen = [slide for slide in run.briefing.slides if slide.key in SLIDES]
        drawn = slides(powerpoint, [titles.index(slide.title) + 1 for slide in chosen])
        with Image.open(places) as image:
            height = round(image.height * MAP_WIDTH / image.width)
            shown = image.convert("RGB").resize((MAP_WIDTH, height), Image.Resampling.LANCZOS)
    sheet = Image.new("RGB", SHEET, GREY)
    for at, slide in enumerate(drawn):
        sheet.paste(slide, (LEFT[at % 2], TOP[at // 2]))
    for name, picture in {"plekken.png": shown, "dias.png": sheet}.items():
        few = picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(folder / name, optimize=True)


if __name__ == "__main__":
    main()
