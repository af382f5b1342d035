# Two commands: `make demo` shows what Narragraph does, `make test` proves that it works.
PYTHON ?= python3

.PHONY: demo test torture lock clean

demo:  ## Install, load the example documents, ask two questions, write the page
	@$(PYTHON) tools/project.py demo

test:  ## Install what the tests need, then run all checks and all tests
	@$(PYTHON) tools/project.py test

torture:  ## Kill, cut off, starve and confuse loads a hundred times each: nothing may be lost or doubled
	@$(PYTHON) tools/project.py torture

lock:  ## Renew requirements.lock from the bounds in pyproject.toml
	@$(PYTHON) tools/project.py lock

clean:  ## Remove what these commands made
	rm -rf .venv .venv-3.* demo build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
