# The service alone, for Neo4j: the wheel is built in the first stage and installed in the second, without the embedded
# engine (whose Java it would carry along). Packages are those of requirements-service.lock, each by its hash. The base
# image has no digest here, because none could be read where this was written: put one behind the name before you rely on it.
FROM python:3.13-slim AS build
WORKDIR /src
RUN pip install --no-cache-dir --disable-pip-version-check hatchling==1.33.0
COPY pyproject.toml README.md LICENSE ./
COPY graph graph
COPY loaders loaders
COPY api api
COPY cypher cypher
COPY docs/handbook docs/handbook
RUN hatchling build -t wheel -d /dist

FROM python:3.13-slim
COPY requirements-service.lock /
COPY --from=build /dist /dist
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /requirements-service.lock \
 && pip install --no-cache-dir --disable-pip-version-check --no-deps /dist/zeren-*.whl \
 && pip check \
 && rm -r /dist \
 && useradd --system --uid 10001 --no-create-home zeren \
 && install -d -m 0700 -o 10001 -g 0 /var/lib/zeren
USER 10001
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 ZEREN_SERVICE_FOLDER=/var/lib/zeren
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --retries=6 --start-period=10s CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ.get('ZEREN_PORT', 8000)}/readyz\", timeout=4)"]
ENTRYPOINT ["zeren"]
CMD ["serve"]
