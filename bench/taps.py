"""What a guest's whole way costs on a phone: taps, fields and seconds of each part.

python -m bench.taps             # in Chromium, with JavaScript; half a minute
python -m bench.taps --plain     # without

The seconds are those of the machine: nobody reads, and each mail arrives at once.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.application import new_app
from tests.chromium import Chromium, engine, served
from tests.e2e.walk import Walk
from tests.make import Make
from tests.migrated import migrate


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.taps", description=__doc__)
    parser.add_argument("--plain", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = new_app(SQLALCHEMY_DATABASE_URI=f"sqlite:///{Path(folder) / 'taps.db'}")
        migrate(app)
        with served(app) as address, engine() as started:
            walk = Walk(Make(app), Chromium(started, address, scripts=not asked.plain))
            walk.whole()
    for part in walk.parts:
        print(f"{part.name:44}{part.taps:3} taps{part.fields:3} fields{part.seconds:6.1f} s")
    print(f"{'all of it':44}{sum(part.taps for part in walk.parts):3} taps")


if __name__ == "__main__":
    main()
