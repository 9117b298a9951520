import database

database.connect().run("CREATE TABLE IF NOT EXISTS books (title text PRIMARY KEY, price numeric NOT NULL)")
