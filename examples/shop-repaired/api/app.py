import os

import bottle
import redis

import database

app = bottle.Bottle()
covers = os.environ.get("COVERS_PATH", "/srv/covers")
queue = redis.Redis.from_url(os.environ["QUEUE_URL"])


@app.get("/health")
def health():
    return "ok"


@app.get("/books")
def books():
    bottle.response.content_type = "application/json"
    rows = database.connect().run("SELECT coalesce(json_agg(row_to_json(b)), '[]') FROM books b")
    return bottle.json_dumps(rows[0][0])


@app.post("/orders")
def order():
    queue.rpush("orders", bottle.request.body.read())
    bottle.response.status = 202


@app.post("/covers/<name:re:[a-z0-9-]+>")
def upload(name):
    bottle.request.files.cover.save(os.path.join(covers, name))
