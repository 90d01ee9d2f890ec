#!/bin/sh
# What is run as the owner of the tables before the first start and with each new version, while the version before
# serves; in the folder of the checkout, with OWNER_DATABASE_URL. Running it again changes nothing.
set -eu
python manage.py migrate --database=owner
python manage.py secure_tables
python manage.py load_reference
python manage.py load_configuration
