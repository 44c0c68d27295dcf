# make run      start everything and print where it is   make test   every test
# make train    train the assistant                      make check  style, types, training data, pins
# make nlu      how well the assistant understands       make bench  speed and memory
# make nlu-data      the training sentences: how many, and what is wrong with them
# make nlu-models    models side by side, an hour           make nlu-diet   stock Rasa, once and small
# make tickets-bench    queue, search, ticket page: 100,000 tickets on SQLite, 1,000,000 on PostgreSQL
# make claims           160 people claim 800 conversations at two desks over PostgreSQL
# make knowledge-bench  how well questions find their articles, and whether the rest is refused
# make knowledge-chat   how many of them the chat answers, with the trained model before it
# make pictures      a picture of every page anew, and those of every form in var/pictures/forms
# make matrices      every control at every question of every kind of request, a quarter of an hour
# make permissions   who may ask what, walked by everybody, as a table
# make requirements  renew the pinned requirements         make clean  back to a fresh clone
SHELL := /bin/bash
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 2
export PYTHONWARNINGS := ignore
export PIP_DISABLE_PIP_VERSION_CHECK := 1

APP := .venv/app/bin
ENGINE := .venv/engine/bin
PIP := python -m pip install -qq --progress-bar off --no-deps
TRAINED_FROM := config.yml domain.yml $(sort $(shell find data bot wording -type f \
  \( -name '*.py' -o -name '*.yml' -o -name '*.txt' -o -name '*.toml' \)))

# The steps share one project folder and one small machine: with -j they still go one by one.
.NOTPARALLEL:
.PHONY: run test train nlu nlu-data nlu-models nlu-diet knowledge-bench knowledge-chat tickets-bench claims bench check matrices permissions pictures requirements clean install install-tests always

run: install models/.current
	@$(APP)/python -m deploy.run

test: install-tests models/.current
	@$(APP)/python -m deploy.tests $(ARGS)

train: install
	@rm -f models/.current
	@$(MAKE) --no-print-directory models/.current

nlu: install models/.current
	@$(ENGINE)/python -m bench.nlu

knowledge-bench: install
	@$(APP)/python -m bench.knowledge

tickets-bench: install-tests
	@$(APP)/python -m bench.tickets $(ARGS)

claims: install-tests
	@$(APP)/python -m bench.claims $(ARGS)

knowledge-chat: install models/.current
	@$(ENGINE)/python -m bench.nlu_questions 2>/dev/null
	@$(APP)/python -m bench.knowledge_chat

nlu-data: install
	@$(ENGINE)/python -m bench.nlu_data

nlu-models: install
	@$(ENGINE)/$(PIP) --no-build-isolation --require-hashes -r requirements/bench.txt
	@$(ENGINE)/python -m bench.nlu_models

nlu-diet: install
	@$(ENGINE)/$(PIP) --no-build-isolation --require-hashes -r requirements/bench.txt
	@$(ENGINE)/python -m bench.nlu_diet

bench: install-tests models/.current
	@$(APP)/python -m bench.deadlines
	@$(APP)/python -m bench.turns

check: install-tests
	@$(APP)/python -m deploy.check

matrices: install-tests models/.current
	@WHOLE_MATRICES=1 $(APP)/python -m deploy.tests tests/line/test_matrices.py

permissions: install-tests
	@$(APP)/python -m tests.desk.permission_table

pictures: install-tests models/.current
	@PICTURES=$(CURDIR)/docs/pictures FORM_PICTURES=$(CURDIR)/var/pictures/forms \
	  $(APP)/python -m deploy.tests $$(grep -lE "import taken?$$|FORM_PICTURES" tests/desk/test_*.py tests/line/test_*.py)
	@$(ENGINE)/python -m bench.nlu >/dev/null; $(ENGINE)/python -m bench.nlu_pictures
	@$(ENGINE)/python -m bench.fewer_colours docs/pictures

requirements: install
	@$(APP)/python -m deploy.requirements

clean:
	rm -rf .venv .rasa models var results .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

install: .venv/engine/.ours .venv/app/.ours

install-tests: install .venv/app/.tests

.venv/engine/.installed: requirements/engine.txt
	@echo "[1/4] The engine's environment (Rasa on Python 3.10; a few minutes the first time)"
	@python=$$(deploy/find-python 3.10) && rm -rf .venv/engine && "$$python" -m venv .venv/engine
	@$(ENGINE)/$(PIP) --require-hashes -r requirements/engine.txt
	@touch $@

.venv/app/.installed: requirements/app.txt
	@echo "[2/4] The app's environment (desk, actions, core)"
	@python=$$(deploy/find-python 3.12 3.13 3.11) && rm -rf .venv/app && "$$python" -m venv .venv/app
	@$(APP)/$(PIP) --require-hashes -r requirements/app.txt
	@touch $@

.venv/app/.tests: requirements/test.txt .venv/app/.installed
	@echo "[3/4] What the tests need"
	@$(APP)/$(PIP) --require-hashes -r requirements/test.txt
	@touch $@

# The project itself, without a copy: in both environments, and again when its packages change.
.venv/%/.ours: .venv/%/.installed pyproject.toml
	@.venv/$*/bin/$(PIP) --no-build-isolation -e .
	@touch $@

models/.current: models/.trained-from .venv/engine/.installed | .venv/engine/.ours
	@echo "[4/4] Training the assistant (two to three minutes)"
	@mkdir -p -m 700 var
	@$(ENGINE)/python -m rasa train --force --skip-validation --fixed-model-name hotline --out models > var/train.log 2>&1 \
	  || { tail -n 30 var/train.log; echo "Training failed; the whole log is var/train.log"; exit 1; }
	@touch $@

# The sum of every file, so that one that is taken away counts as well as one that is changed.
models/.trained-from: always
	@mkdir -p models
	@cksum $(TRAINED_FROM) | cmp -s - $@ || cksum $(TRAINED_FROM) > $@
