# Two commands on a fresh machine; each sets up .venv first. Without make: ./run grade, ./run test.
.PHONY: grade test lint

grade:
	./run grade

test:
	./run test

lint:
	./run lint
