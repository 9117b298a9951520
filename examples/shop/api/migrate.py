import os
from urllib.parse import urlparse

import pg8000.native

url = urlparse(os.environ["DATABASE_URL"])
db = pg8000.native.Connection(url.username, host=url.hostname, database=url.path[1:], password=url.password)
db.run("CREATE TABLE IF NOT EXISTS books (title text PRIMARY KEY, price numeric NOT NULL)")
