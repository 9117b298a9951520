import os
from pathlib import Path

import pg8000.native


def connect():
    """What differs between environments comes in at start; the password as a file, which no process list shows."""
    return pg8000.native.Connection(
        os.environ["DATABASE_USER"],
        host=os.environ["DATABASE_HOST"],
        database=os.environ["DATABASE_NAME"],
        password=Path(os.environ["DATABASE_PASSWORD_FILE"]).read_text().strip(),
    )
