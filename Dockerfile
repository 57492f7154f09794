# Two stages: what is needed to build stays in the first.
FROM python:3.13-slim-trixie AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements.txt /app/
RUN pip install --no-cache-dir -r /app/requirements.txt
COPY . /app
WORKDIR /app
# Settings are read, no database is asked: these addresses lead nowhere.
RUN pybabel -q compile -d locale -D django
RUN DATABASE_URL=postgresql://none@none/none OCOP_STATIC_ROOT=/app/static-root \
    python manage.py collectstatic --noinput

FROM python:3.13-slim-trixie
# pg_dump must not be older than the server: PostgreSQL's own archive has 18.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    tesseract-ocr tesseract-ocr-vie \
    fonts-liberation postgresql-common \
 && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
 && apt-get install -y --no-install-recommends postgresql-client-18 \
 && rm -rf /var/lib/apt/lists/*
# Group 101 is nginx's in its image: it reads, through the setgid folder, what the product wrote.
RUN useradd --uid 10001 --create-home ocop \
 && install --directory --owner ocop --group 101 --mode 2750 /data /data/files
COPY --from=build /opt/venv /opt/venv
COPY --from=build --chown=ocop:ocop /app /app
ENV PATH=/opt/venv/bin:$PATH OCOP_VENV=/opt/venv OCOP_NO_SETUP=1 PYTHONUNBUFFERED=1
USER ocop
WORKDIR /app
EXPOSE 8000
CMD ["gunicorn", "ocop.wsgi:application", "--bind=0.0.0.0:8000"]
