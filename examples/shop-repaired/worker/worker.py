import os
import signal
import sys
from pathlib import Path

import redis

queue = redis.Redis.from_url(os.environ["QUEUE_URL"])
invoices = Path(os.environ.get("INVOICES_PATH", "/srv/invoices"))
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))

while True:
    Path("/tmp/alive").touch()
    # The order stays in "taken" until its invoice is written, so that a crash loses none.
    order = queue.blmove("orders", "taken", timeout=10)
    if order is None:
        continue
    number = queue.incr("invoice")
    (invoices / f"{number}.txt").write_bytes(order)
    queue.lrem("taken", 1, order)
    print(f"invoice {number} written")
