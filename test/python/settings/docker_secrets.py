# env:
# env also: SECRET_KEY_FILE=secrets/key
# env: DB_PASSWORD=direct
# env also: SECRET_KEY=direct
# env: DB_PASSWORD_FILE=secrets/nope
# ── settings.py
import os
from pathlib import Path

def secret(name: str, default: str | None = None, *, strip: bool = True) -> str | None:
    """Docker's convention: NAME, or the file that NAME_FILE names."""
    if (value := os.environ.get(name)) is not None:
        return value
    if path := os.environ.get(f"{name}_FILE"):
        try:
            text = Path(path).read_text(encoding="utf-8")
        except OSError as exc:
            raise RuntimeError(f"cannot read {name}_FILE: {exc.strerror}") from exc
        return text.strip() if strip else text
    return default

SECRET_KEY = secret("SECRET_KEY", "insecure")
RAW = secret("SECRET_KEY", strip=False)
DATABASES = {"default": {"PASSWORD": secret("DB_PASSWORD")}}
for name in ("A", "B"):
    locals()[f"TOKEN_{name}"] = secret(f"TOKEN_{name}", name.lower())
# ── secrets/key
from-a-file

