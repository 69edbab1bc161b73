# opaque: INTERNAL_IPS PRIVATE
# env:
# env also: REDIS_URL=rediss://user:p%40ss@cache.example.com:6380/3?ssl_cert_reqs=none&x=1
# env: CSRF=https://a.example.com, https://*.b.example.com
# ── settings.py
import os, shlex, textwrap, ipaddress, urllib.parse as up
from urllib.parse import urlparse, parse_qs, parse_qsl, urlencode, quote, quote_plus, unquote, urljoin, urlsplit, urlunparse
REDIS_URL = os.environ.get("REDIS_URL", "redis://localhost:6379")
url = urlparse(REDIS_URL)
CHANNEL_LAYERS = {"default": {"CONFIG": {"hosts": [(url.hostname, url.port or 6379)], "db": int(url.path[1:] or 0)}}}
PASSWORD = unquote(url.password) if url.password else None
QUERY = parse_qs(url.query), dict(parse_qsl(url.query)), url.scheme == "rediss", url.netloc, url.username
BUILT = f"{url.scheme}://{quote_plus('a b')}:{quote('p/w', safe='')}@h/?" + urlencode({"a": 1, "b": ["x", "y"]}, doseq=True)
REPLACED = url._replace(path="/9", query="").geturl(), urlunparse(("https", "h", "/p", "", "", "f"))
JOINED = urljoin("https://example.com/static/", "img/a.png"), urljoin("https://example.com/a", "/b"), up.urlsplit("//cdn/x").netloc
CSRF_TRUSTED_ORIGINS = [o.strip() for o in os.environ.get("CSRF", "").split(",") if o]
ALLOWED_HOSTS = [urlsplit(o).hostname for o in CSRF_TRUSTED_ORIGINS]
WORDS = shlex.split("gunicorn 'a b' --bind=0.0.0.0:8000")
TEXT = textwrap.dedent("""
    a
      b
""")
INTERNAL_IPS = [str(ip) for ip in ipaddress.ip_network("10.0.0.0/30").hosts()]
PRIVATE = ipaddress.ip_address("10.0.0.1").is_private, ipaddress.ip_address("10.0.0.1") in ipaddress.ip_network("10.0.0.0/8")
