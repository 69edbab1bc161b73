/**
 * Variables that a host always sets, whatever the project declares, by the hosts' own documentation (2026-11).
 * They soften findings: code that asks for one is safe there, and nowhere else.
 */
const hosts: readonly (readonly [RegExp, string])[] = [
  [/^DYNO$/, "Heroku"],
  [/^RENDER(_(SERVICE|INSTANCE|EXTERNAL|GIT)_\w+)?$/, "Render"],
  [
    /^PLATFORM_(APPLICATION|APPLICATION_NAME|APP_DIR|BRANCH|ENVIRONMENT|PROJECT|PROJECT_ENTROPY|TREE_ID)$/,
    "Platform.sh",
  ],
  [/^RAILWAY_(ENVIRONMENT|PROJECT|SERVICE|DEPLOYMENT|REPLICA)_?\w*$/, "Railway"],
  [/^FLY_(APP_NAME|ALLOC_ID|MACHINE_ID|REGION)$/, "Fly.io"],
  [/^GAE_(APPLICATION|ENV|INSTANCE|SERVICE|VERSION)$/, "Google App Engine"],
  [/^K_(SERVICE|REVISION|CONFIGURATION)$/, "Cloud Run"],
  [/^VERCEL(_ENV|_URL|_REGION)?$/, "Vercel"],
  [/^WEBSITE_(HOSTNAME|INSTANCE_ID|SITE_NAME)$/, "Azure App Service"],
  [/^VCAP_APPLICATION$/, "Cloud Foundry"],
  [/^SCALINGO_(APPLICATION_ID|PRIVATE_\w+)$/, "Scalingo"],
  [/^DOKKU_APP_(NAME|TYPE)$/, "Dokku"],
  [/^CC_REVERSE_PROXY_IPS$/, "Clever Cloud"],
  [/^KOYEB_(APP|SERVICE|INSTANCE)_\w+$/, "Koyeb"],
];

/** The host that always sets a variable: "Fly.io" for `FLY_APP_NAME`. */
export function hostThatSets(variable: string): string | undefined {
  return hosts.find(([names]) => names.test(variable))?.[1];
}
