import type { Example } from "../check.ts";
import { shop } from "./example-shop.ts";

/** The shop with Celery: a task, and a view that queues it. */
export const celeryShop: Example = {
  ...shop,
  Procfile: "web: gunicorn shop.wsgi\nworker: celery -A shop worker\n",
  "app.json": '{ "name": "shop" }\n',
  "orders/tasks.py":
    "from celery import shared_task\n\n\n@shared_task\ndef send_receipt(order):\n    print(order)\n",
  "orders/views.py":
    "from .tasks import send_receipt\n\n\ndef pay(request, order):\n    send_receipt.delay(order)\n",
  "requirements.txt": "celery[redis]>=5.5,<6\ndjango>=5.2,<6\ngunicorn>=23,<27\n",
  "shop/__init__.py": "from .celery import app as celery_app\n",
  "shop/celery.py":
    'import os\n\nfrom celery import Celery\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napp = Celery("shop")\napp.config_from_object("django.conf:settings", namespace="CELERY")\napp.autodiscover_tasks()\n',
  "shop/settings.py": withCelery(""),
};

/** Its settings, with lines of one's own. */
export function withCelery(lines: string, broker = 'os.environ["REDIS_URL"]'): string {
  return `import os\n\nALLOWED_HOSTS = ["shop.example.com"]\nCELERY_BROKER_URL = ${broker}\n${lines}ROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nWSGI_APPLICATION = "shop.wsgi.application"\n`;
}
