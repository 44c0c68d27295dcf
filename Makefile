# make run    start everything and print where it is      make test   every test
# make train  train the assistant                         make check  style, types, training data, articles
# make nlu    how well the assistant understands          make bench  speed and memory
# make requirements  renew the pinned requirements        make clean  back to a fresh clone
SHELL := /bin/bash
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 2
export PYTHONWARNINGS := ignore
export PIP_DISABLE_PIP_VERSION_CHECK := 1

APP := .venv/app/bin
ENGINE := .venv/engine/bin
TRAINED_FROM := config.yml domain.yml $(shell find data bot wording -name '*.py' -o -name '*.yml' -o -name '*.txt' -o -name '*.toml' 2>/dev/null)

.PHONY: run test train nlu knowledge-bench bench check clean requirements install

run: install models/.current
	@$(APP)/python -m deploy.run

test: install .venv/app/.tests models/.current
	@$(APP)/python -m deploy.tests $(ARGS)

train: install
	@rm -f models/.current
	@$(MAKE) --no-print-directory models/.current

nlu: install models/.current
	@$(ENGINE)/python -m bench.nlu

bench: install .venv/app/.tests models/.current
	@$(APP)/python -m bench.turns

check: install .venv/app/.tests
	@$(APP)/python -m deploy.check

requirements: install
	@$(APP)/python -m deploy.requirements

clean:
	rm -rf .venv .rasa models var results .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

install: .venv/engine/.installed .venv/app/.installed

.venv/engine/.installed: requirements/engine.txt
	@echo "[1/4] The engine's environment (Rasa on Python 3.10; a few minutes the first time)"
	@python=$$(deploy/find-python 3.10) && rm -rf .venv/engine && $$python -m venv .venv/engine
	@$(ENGINE)/python -m pip install -qq --progress-bar off --require-hashes --no-deps -r requirements/engine.txt
	@$(ENGINE)/python -m pip install -qq --no-deps --no-build-isolation -e .
	@touch $@

.venv/app/.installed: requirements/app.txt
	@echo "[2/4] The app's environment (desk, actions, core)"
	@python=$$(deploy/find-python 3.12 3.13 3.11) && rm -rf .venv/app && $$python -m venv .venv/app
	@$(APP)/python -m pip install -qq --progress-bar off --require-hashes --no-deps -r requirements/app.txt
	@$(APP)/python -m pip install -qq --no-deps --no-build-isolation -e .
	@touch $@

.venv/app/.tests: requirements/test.txt .venv/app/.installed
	@echo "[3/4] What the tests need"
	@$(APP)/python -m pip install -qq --progress-bar off --require-hashes --no-deps -r requirements/test.txt
	@touch $@

models/.current: .venv/engine/.installed $(TRAINED_FROM)
	@echo "[4/4] Training the assistant (about a minute)"
	@mkdir -p models var
	@$(ENGINE)/python -m rasa train --force --fixed-model-name hotline --out models > var/train.log 2>&1 \
	  || { tail -n 30 var/train.log; echo "Training failed; the whole log is var/train.log"; exit 1; }
	@touch $@
