/** A project that is one settings module, for checks that look at nothing else. Its own text starts at line 1. */
export function settingsOnly(
  text: string,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return { "shop/settings.py": `${text}\nROOT_URLCONF = "shop.urls"\n`, ...more };
}

/** What makes a project one for Heroku. */
export const onHeroku = { Procfile: "web: gunicorn shop.wsgi\n", "app.json": '{ "name": "shop" }\n' };

/** A render.yaml whose web service has this environment. */
export function onRender(env: Readonly<Record<string, string>>): Record<string, string> {
  const vars = Object.entries(env).map(
    ([key, value]) => `      - key: ${key}\n        value: ${JSON.stringify(value)}\n`,
  );
  return {
    "render.yaml": `services:\n  - type: web\n    name: shop\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n${vars.length > 0 ? `    envVars:\n${vars.join("")}` : ""}`,
  };
}
