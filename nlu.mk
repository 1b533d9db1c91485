# Rasa 3.6 in its own Python 3.10 environment. Any Python 3.11 can drive it; nothing of the desk need be installed.
RASA_TOOL = $(or $(wildcard .venv/bin/python),python3) -m nlu.rasa_project

.PHONY: rasa rasa-install rasa-train

rasa: ## install Rasa, train it from nlu/training when that changed, serve it on 127.0.0.1:5005
	$(RASA_TOOL) serve

rasa-install: ## only install Rasa into .venv-rasa
	$(RASA_TOOL) install

rasa-train: ## install Rasa and train it, without serving
	$(RASA_TOOL) train
