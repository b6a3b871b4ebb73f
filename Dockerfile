# guidekit for build services that run containers: docker run --rm --volume "$PWD:/repo" guidekit check
FROM python:3.13-slim AS build
WORKDIR /source
COPY . .
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.13-slim
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir /wheels/*.whl \
  && rm -r /wheels \
  && useradd --create-home --uid 1000 guidekit
USER 1000
WORKDIR /repo
ENTRYPOINT ["guidekit"]
CMD ["--help"]
