import { defaultEngine } from "../facts/django/databases.ts";
import type { Report } from "./report.ts";

/** Something that a safe deployment needs and that no file shows: somebody has to look. */
export interface ByHand {
  /** Kebab-case; never reused. */
  readonly id: string;
  readonly group: "Data" | "Deploying" | "Running" | "The provider";
  /** The desired state, as it reads on a list. */
  readonly title: string;
  /** What to do about it: one line. */
  readonly advice: string;
}

/** Why there is no check of these: docs/non-checks.md. */
export const byHand = [
  {
    id: "backups",
    group: "Data",
    title: "The database is backed up, and a backup was restored once",
    advice: "Schedule backups, restore the newest one elsewhere this month, and write down how long it took.",
  },
  {
    id: "external-copies",
    group: "Data",
    title: "A copy of the data is outside of the provider",
    advice:
      "Copy backups and uploads to another account, which the application's own keys cannot delete from.",
  },
  {
    id: "rollback",
    group: "Deploying",
    title: "A bad release can be taken back, with its migrations",
    advice:
      "Write down the command that brings the last release back, and make migrations that it can live with.",
  },
  {
    id: "staging",
    group: "Deploying",
    title: "A copy of production gets every release first",
    advice:
      "Deploy the same image with the same settings module to a staging copy, and run the migrations there.",
  },
  {
    id: "alerts",
    group: "Running",
    title: "Somebody is told when the site is down or fails",
    advice:
      "Have the health address asked from outside, and errors sent to a person; stop the site once to try it.",
  },
  {
    id: "scaling",
    group: "Running",
    title: "It is known what happens with ten times the visitors",
    advice:
      "Find out what grows by itself, what has a limit (connections, memory, disk), and what each step costs.",
  },
  {
    id: "http-server",
    group: "Running",
    title: "What stands in front of the application fits it",
    advice:
      "Look up the front server's limits for time, size of uploads and open connections, and try each once.",
  },
  {
    id: "compliance",
    group: "The provider",
    title: "The provider may hold this data",
    advice: "Ask for the data processing agreement and the certificates that your users or your law ask for.",
  },
  {
    id: "geography",
    group: "The provider",
    title: "The data is where it has to be, and near its users",
    advice:
      "Choose the region before the first user: databases are hard to move. Backups have a region, too.",
  },
  {
    id: "pricing",
    group: "The provider",
    title: "The price is known, also of a bad month",
    advice:
      "Add up the plan, database, traffic and logs for today and for ten times as much; set a spending limit.",
  },
  {
    id: "uptime",
    group: "The provider",
    title: "The promised uptime is enough",
    advice: "Read the service level of the plan that is paid for, and a year of the provider's status page.",
  },
  {
    id: "staffing",
    group: "The provider",
    title: "Somebody can repair it at night",
    advice: "Name two people with access, and find out how fast the provider's support answers on this plan.",
  },
  {
    id: "documentation",
    group: "The provider",
    title: "Whoever comes next can deploy it",
    advice: "Let somebody who never did it deploy by the written steps, and mend the steps where they stop.",
  },
  {
    id: "company-stability",
    group: "The provider",
    title: "The provider will be there in two years, or can be left",
    advice: "Keep what is special to the platform in one place, and know how to export the data from it.",
  },
] as const satisfies readonly ByHand[];

type Id = (typeof byHand)[number]["id"];

/** The few that this project gives a reason for, the most damaging first. */
export function byHandFor({ files, result }: Pick<Report, "files" | "result">): readonly ByHand[] {
  const { settings, deployment } = result.facts;
  const engine = settings && settings.outcome.kind === "completed" ? defaultEngine(settings) : undefined;
  const hasDatabase = engine !== undefined && engine.kind !== "none";
  const migrates = deployment?.steps.some(
    ({ command, phase }) => phase === "release" && /\bmigrate\b/.test(command),
  );
  const applies: Partial<Record<Id, boolean>> = {
    backups: hasDatabase && !files.list.some((path) => backsUp.test(path)),
    rollback: migrates === true,
    staging: hasDatabase && deployment !== undefined && !files.list.some((path) => isStaging.test(path)),
  };
  return byHand.filter(({ id }: { readonly id: Id }) => applies[id] === true);
}

/** Files by which a repository makes backups itself. */
const backsUp = /(?:^|\/)(?:litestream\.ya?ml|[\w-]*(?:backup|pg_?dump)[\w-]*\.(?:sh|ya?ml|py))$/i;
/** Files that somebody deploys a copy with. */
const isStaging = /(?:^|[/._-])staging(?:[/._-]|$)/i;
