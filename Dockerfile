# The service alone, for Neo4j: the wheel is built in the first stage and installed in the second, without the embedded
# engine (whose Java it would carry along). Versions as in requirements.lock.
FROM python:3.13-slim AS build
WORKDIR /src
RUN pip install --no-cache-dir --disable-pip-version-check hatchling==1.33.0
COPY pyproject.toml requirements.lock README.md LICENSE ./
COPY graph graph
COPY loaders loaders
COPY api api
COPY cypher cypher
RUN hatchling build -t wheel -d /dist \
 && sed -nE 's/^([A-Za-z0-9._-]+==[^ ;\\]+)( ;[^\\]*)?.*/\1\2/p' requirements.lock > /dist/constraints.txt

FROM python:3.13-slim
COPY --from=build /dist /dist
RUN pip install --no-cache-dir --disable-pip-version-check -c /dist/constraints.txt /dist/zeren-*.whl \
 && rm -r /dist \
 && useradd --system --uid 10001 --no-create-home zeren \
 && install -d -m 0700 -o 10001 -g 0 /var/lib/zeren
USER 10001
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
EXPOSE 8000
ENTRYPOINT ["zeren"]
CMD ["serve"]
