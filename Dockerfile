# guidekit for build services that run containers: docker run --rm --volume "$PWD:/repo" guidekit check
FROM python:3.13-slim@sha256:7c61056e61ac89e852de05f3dc6fa51a6dd2181797bceed46aa725dd7cb2cd3b AS build
WORKDIR /source
COPY . .
RUN pip wheel --no-cache-dir --wheel-dir /wheels ".[excel,links]"

FROM python:3.13-slim@sha256:7c61056e61ac89e852de05f3dc6fa51a6dd2181797bceed46aa725dd7cb2cd3b
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir --no-index /wheels/*.whl \
  && rm -r /wheels \
  && useradd --create-home --uid 1000 guidekit
USER 1000
WORKDIR /repo
ENTRYPOINT ["guidekit"]
CMD ["--help"]
