import os

import redis

queue = redis.Redis.from_url(os.environ.get("QUEUE_URL", "redis://localhost"))
while True:
    _, order = queue.blpop("orders")
    with open("/srv/worker/invoices.txt", "a") as invoices:
        invoices.write(order.decode() + "\n")
