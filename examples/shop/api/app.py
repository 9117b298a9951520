import os
from urllib.parse import urlparse

import bottle
import pg8000.native
import redis

app = bottle.Bottle()
url = urlparse(os.environ["DATABASE_URL"])


@app.get("/books")
def books():
    db = pg8000.native.Connection(url.username, host=url.hostname, database=url.path[1:], password=url.password)
    bottle.response.content_type = "application/json"
    rows = db.run("SELECT coalesce(json_agg(row_to_json(b)), '[]') FROM books b")
    return bottle.json_dumps(rows[0][0])


@app.post("/orders")
def order():
    redis.Redis().rpush("orders", bottle.request.body.read())


@app.post("/covers/<name>")
def upload(name):
    bottle.request.files.cover.save(f"/srv/api/uploads/covers/{name}")
