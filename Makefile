# Everything one does with Alongside. Each target starts from whatever is there, even from nothing but Python and make.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run demo test test-deep test-faults backup restore bench bench-matching bench-log bench-floor capacity health lighthouse drill-cluster check scan fix schema roles lock
export PATH := $(CURDIR)/.tools/node/bin:$(PATH)
PYTHON_ENV := .venv/bin
# Hundreds of processes read the same sources: what they compile is kept.
unexport PYTHONDONTWRITEBYTECODE

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

run: ## start Alongside with its demo city; Ctrl-C stops it and keeps what was entered (PORT=8000)
	@sh tools/python.sh run
	@sh tools/frontend.sh build
	@exec $(PYTHON_ENV)/python manage.py up

demo: ## the same, with the demo city made anew: everything entered is thrown away
	@sh tools/python.sh run
	@sh tools/frontend.sh build
	@exec $(PYTHON_ENV)/python manage.py up --anew

test: ## every test, in a database and a browser of their own (ARGS="tests/referrals -k accept")
	@sh tools/python.sh dev
	@sh tools/frontend.sh build
	@CHROMIUM="$$(sh tools/chromium.sh)" && export CHROMIUM && $(PYTHON_ENV)/pytest $(ARGS)
	@cd frontend && npm run --silent test

test-deep: ## the long ones: more examples, more requests
	@sh tools/python.sh dev
	@sh tools/frontend.sh build
	@CHROMIUM="$$(sh tools/chromium.sh)" && export CHROMIUM && HYPOTHESIS_PROFILE=deep $(PYTHON_ENV)/pytest -m deep --timeout 3600 $(ARGS)

test-faults: ## the drills: what the product stands on is killed, cut, filled and overrun (KILLS=500, ARGS="-k link")
	@sh tools/python.sh dev
	@sh tools/frontend.sh build
	@TEST_SERVER=faults $(PYTHON_ENV)/pytest -m faults -n 0 -s --timeout 7200 tests/faults $(ARGS)

drill-cluster: ## three database servers under Patroni, on loopback: the leader is killed under load, and more (KILLS=5)
	@sh tools/python.sh dev
	@sh tools/cluster.sh
	@$(PYTHON_ENV)/python -m tests.cluster

backup: ## a whole backup of the embedded database and what lies beside it, while people work (BACKUP_FOLDER=/another/disk)
	@sh tools/python.sh run
	@$(PYTHON_ENV)/python manage.py backup $(ARGS)

restore: ## a backup brought to life where no database is yet (FROM=/another/disk UNTIL=2026-11-27T21:30+00:00)
	@sh tools/python.sh run
	@test -n "$(FROM)" || { echo "alongside: say which backup, or the folder of them: make restore FROM=/another/disk" >&2; exit 1; }
	@$(PYTHON_ENV)/python manage.py restore "$(FROM)" $(if $(UNTIL),--until "$(UNTIL)")

bench: ## how fast it is in a city of 10,000, of 100,000 or of a million referrals (ARGS="--referrals 10000 1000000 --keep --write")
	@sh tools/python.sh dev
	@$(PYTHON_ENV)/python -m bench.city $(ARGS)

bench-matching: ## how well and how fast children are found (ARGS="--write", "--only-sets --set file.csv")
	@sh tools/python.sh run
	@sh tools/matching.sh
	@.tools/matching/bin/python -m bench.matching $(ARGS)

bench-log: ## what the access log costs, how long a million rows take to check, how well unusual reading is found (ARGS="--only cost --write")
	@sh tools/python.sh dev
	@$(PYTHON_ENV)/python -m bench.log $(ARGS)

bench-floor: ## one list beside the least that could answer it and beside a stock viewset (ARGS="--on NAME --write"; make bench ARGS="--keep" names it)
	@sh tools/python.sh dev
	@$(PYTHON_ENV)/python -m bench.floor $(ARGS)

capacity: ## what a city and England need, from measured costs and from your assumptions (ARGS="--referrals-per-100000 900")
	@sh tools/python.sh dev
	@$(PYTHON_ENV)/python -m bench.capacity $(ARGS)

health: ## whether each thing that Alongside stands on is well; ends with an error where one is not
	@sh tools/python.sh run
	@$(PYTHON_ENV)/python manage.py health

lighthouse: ## how quick, accessible and well made the main pages are on a telephone and slow 4G (ARGS="--only queue --runs 5 --write")
	@sh tools/python.sh dev
	@sh tools/frontend.sh build
	@sh tools/lighthouse.sh
	@CHROMIUM="$$(sh tools/chromium.sh)" && export CHROMIUM && $(PYTHON_ENV)/python -m bench.lighthouse $(ARGS)

check: ## style, types, import contracts, migrations, generated files, lock files, the web app
	@sh tools/python.sh dev
	@sh tools/frontend.sh packages
	@sh tools/check.sh

scan: ## look for flaws and secrets, write the bills of materials, compare them with a list of known flaws (OSV_URL)
	@sh tools/python.sh dev
	@sh tools/node.sh
	@sh tools/scan.sh

fix: ## format, and repair what can be repaired
	@sh tools/python.sh dev
	@sh tools/frontend.sh packages
	@$(PYTHON_ENV)/ruff check --fix --quiet . ; $(PYTHON_ENV)/ruff format .
	@cd frontend && npm run --silent fix

schema: ## write docs/reference and the web app's types from the code
	@sh tools/python.sh dev
	@sh tools/frontend.sh packages
	@sh tools/reference.sh

roles: ## make roles and database on your own server: make roles ADMIN_URL=postgres://admin:secret@host:5432/postgres
	@sh tools/python.sh run
	@test -n "$(ADMIN_URL)" || { echo "alongside: say which server: make roles ADMIN_URL=postgres://admin:secret@host:5432/postgres" >&2; exit 1; }
	@$(PYTHON_ENV)/python manage.py roles "$(ADMIN_URL)"

lock: ## write the lock files after a change to requirements*.in
	@sh tools/python.sh dev
	@sh tools/lock.sh
