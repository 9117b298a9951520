#!/bin/sh
# Always run the newest code, whatever is in the image.
cd /srv/api
git pull origin main
apt-get update && apt-get install -y libpq5
pip3 install --break-system-packages -r requirements.txt
python3 migrate.py
exec gunicorn --bind 0.0.0.0:8000 --reload --access-logfile /var/log/access.log app:app
