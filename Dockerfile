# One image for both processes:  docker run darkroom bot   /   docker run darkroom workers
FROM python:3.13-slim

RUN useradd --system --uid 10001 --home-dir /app darkroom
WORKDIR /app

COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --require-hashes --no-deps -r requirements/run.txt

COPY core core
COPY bot bot
COPY workers workers
COPY manifest.json manifest.json
RUN python -m compileall -q core bot workers

USER 10001
ENV PYTHONUNBUFFERED=1
EXPOSE 3000
ENTRYPOINT ["python", "-m"]
CMD ["bot"]
