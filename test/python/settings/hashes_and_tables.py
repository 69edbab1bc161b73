# env: SEED=abc
# ── settings.py
import base64, binascii, csv, hashlib, hmac, io, os, uuid, zlib
from pathlib import Path
seed = os.environ["SEED"].encode()
MD5 = hashlib.md5(seed).hexdigest()
SHA1 = hashlib.sha1(b"").hexdigest()
SHA256 = hashlib.sha256(seed).hexdigest()
SHA512 = hashlib.sha512(seed + b"x" * 200).hexdigest()
SHA384 = hashlib.sha384(seed).hexdigest()
SHA224 = hashlib.sha224(seed).hexdigest()
NEW = hashlib.new("sha256", seed).hexdigest()
h = hashlib.sha256()
h.update(b"a")
h.update(b"bc")
UPDATED = h.hexdigest(), h.digest_size, h.name, len(h.digest())
SECRET_KEY = base64.urlsafe_b64encode(hashlib.sha256(seed).digest()).decode()
MAC = hmac.new(seed, b"message", hashlib.sha256).hexdigest()
HEX = binascii.hexlify(seed).decode(), seed.hex(), bytes.fromhex("616263")
B64 = base64.b64encode(seed), base64.b64decode("YWJj").decode(), base64.b32encode(b"abc")
NAMESPACE = str(uuid.uuid5(uuid.NAMESPACE_DNS, "example.com")), uuid.UUID("12345678-1234-5678-1234-567812345678").hex
with open(Path(__file__).with_name("hosts.csv"), newline="") as f:
    ROWS = [row for row in csv.DictReader(f)]
ALLOWED_HOSTS = [row["host"] for row in ROWS if row["on"] == "1"]
PLAIN = list(csv.reader(io.StringIO('a,"b, c",d\n1,"say ""x""",\n')))
TABS = list(csv.reader(["a\tb", "c\td"], delimiter="\t"))
CRC = zlib.crc32(seed)
LONG = "+".join(["1"] * 1500)
TOTAL = eval(LONG)
DIGEST = int(hashlib.sha1(seed).hexdigest(), 16) % 10 ** 8
# ── hosts.csv
host,on,note
a.example.com,1,"first, best"
b.example.com,0,
