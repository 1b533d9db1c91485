# Two images from one file: `app`, the desk (the default), and `rasa`, its second reader, which needs Python 3.10.
# Packages are installed by hash; sources are copied and run, nothing is built into a package.

FROM python:3.11.14-slim-bookworm AS packages
WORKDIR /zuruf
RUN python -m venv .venv
COPY requirements.txt ./
RUN .venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.10.19-bookworm AS rasa-packages
WORKDIR /zuruf
COPY requirements-rasa.txt ./
COPY nlu/__init__.py nlu/rasa_project.py nlu/
RUN python -m nlu.rasa_project install
COPY nlu/fair_share.py nlu/normalising.py nlu/sentence_network.py nlu/sentence_vectors.py nlu/slips.py nlu/spelling.py nlu/
COPY nlu/training nlu/training
RUN python -m nlu.rasa_project train

FROM python:3.10.19-slim-bookworm AS rasa
RUN useradd --system --no-create-home --uid 10001 zuruf
WORKDIR /zuruf
COPY --from=rasa-packages /zuruf/.venv-rasa .venv-rasa
COPY --from=rasa-packages /zuruf/.rasa/models models
COPY nlu/__init__.py nlu/fair_share.py nlu/normalising.py nlu/sentence_network.py nlu/sentence_vectors.py nlu/slips.py nlu/spelling.py nlu/
COPY nlu/training/__init__.py nlu/training/
COPY nlu/training/components nlu/training/components
ENV PATH=/zuruf/.venv-rasa/bin:$PATH PYTHONPATH=/zuruf
ENV HOME=/tmp MPLCONFIGDIR=/tmp RASA_TELEMETRY_ENABLED=false PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=1 MALLOC_ARENA_MAX=2
USER zuruf
EXPOSE 5005
CMD ["rasa", "run", "--enable-api", "--interface", "0.0.0.0", "--port", "5005", "--model", "models"]

FROM python:3.11.14-slim-bookworm AS app
RUN useradd --system --no-create-home --uid 10001 zuruf && install --directory --owner zuruf /data
WORKDIR /zuruf
COPY --from=packages /zuruf/.venv .venv
COPY pyproject.toml README.md LICENSE ./
COPY desk desk
COPY routing routing
COPY workflows workflows
COPY bots bots
COPY console console
COPY db db
COPY insight insight
COPY nlu nlu
COPY app app
COPY texts texts
RUN .venv/bin/pip install --no-cache-dir --no-index --no-deps --no-build-isolation --editable . \
    && .venv/bin/python -m nlu.mood_training \
    && .venv/bin/python -m compileall -q desk routing workflows bots console insight db nlu app
ENV PATH=/zuruf/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1
ENV ZURUF_DATA_DIR=/data ZURUF_HTTP_HOST=0.0.0.0 ZURUF_HTTP_PORT=8080
USER zuruf
VOLUME /data
EXPOSE 8080
CMD ["zuruf", "run"]
