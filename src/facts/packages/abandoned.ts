/** A distribution that its authors gave up, what that leads to, and what stands for it. As of 2026-11-20. */
export interface Abandoned {
  readonly name: string;
  /** A clause about it. */
  readonly because: string;
  readonly instead: readonly string[];
}

/** https://pypi.org/project/<name>: archived repositories, or no release for more than five years. */
export const abandoned: readonly Abandoned[] = [
  {
    name: "django-heroku",
    because:
      "which had its last release in 2018, builds psycopg2 from source, and sets ALLOWED_HOSTS to every host",
    instead: ["dj-database-url", "whitenoise", "psycopg[binary]"],
  },
  {
    name: "django-toolbelt",
    because: "which had its last release in 2013, and names nothing but other packages",
    instead: ["dj-database-url", "gunicorn", "whitenoise"],
  },
  {
    name: "dj-static",
    because: "which had its last release in 2014, and serves files uncompressed and unhashed",
    instead: ["whitenoise"],
  },
  { name: "static3", because: "which had its last release in 2015", instead: ["whitenoise"] },
  { name: "django-secure", because: "which is a part of Django since 1.8", instead: [] },
  {
    name: "django-sslify",
    because: "which is a part of Django since 1.8 (SECURE_SSL_REDIRECT)",
    instead: [],
  },
  { name: "raven", because: "which Sentry gave up in 2018 for sentry-sdk", instead: ["sentry-sdk"] },
  {
    name: "django-celery",
    because: "which is a part of Celery since 4.0",
    instead: ["celery", "django-celery-results"],
  },
  { name: "django-db-pool", because: "which does not run on any Django that is supported", instead: [] },
];
