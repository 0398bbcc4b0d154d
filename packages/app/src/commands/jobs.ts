import { stderr, stdout } from "node:process";
import { namesHint } from "@insightgraph/engine/graph";
import { type JobSummary, jobStates } from "@insightgraph/engine/protocol";
import { eventLine, toCommandEvent } from "../command-events.ts";
import type { JobsClient } from "../database-jobs.ts";
import { databaseOf } from "../dataset/tasks/open-work-places.ts";
import { exitCodeOf, exitCodes } from "../exit-codes.ts";
import { onlyPositional, parseArguments, usageError } from "../parse-arguments.ts";
import { createProgress } from "../progress.ts";
import { reportErrors, reportIssues } from "../report.ts";
import { openServerClient } from "../server-client.ts";
import { followJob } from "../server-host.ts";

/** What `insightgraph jobs --help` prints. */
export const usage = `usage: insightgraph jobs ACTION [ID] [options]

Shows and steers the jobs of a running server: those of its pages, of its API and of \`run --server\`; or, with --connect,
those of all servers that share a database.

  list             the newest jobs, one line each (the default)
  show ID          one job, with its error if it failed
  watch ID         follow a job to its end
  cancel ID        end a job that is queued or running
  retry ID         run the graph of a job that is over once more, as a new job
  move ID          let a queued job run last, or right before another one with --before
  keep ID          never remove this job by itself; with --not, do so again
  delete ID        forget a job that is over; its files stay
  pause, resume    start nothing more, or go on; what runs goes on

  --server URL     the server's address (default http://127.0.0.1:7878); a token is taken from it,
                   or from INSIGHTGRAPH_TOKEN
  --connect URL    the PostgreSQL database, in place of a server (or INSIGHTGRAPH_DATABASE)
  --state STATE    list: only jobs in this state; may be given several times
  --limit N        list: at most that many (default 20)
  --before ID      move: the queued job to run before
  --not            keep: take the mark away
  --json           the answer as JSON; for watch, lines of JSON (docs/command.md)
`;

interface JobCommand {
  readonly client: JobsClient;
  readonly isJson: boolean;
}

function line({ id, state, client, createdMs, ...job }: JobSummary): string {
  const { name = [], tags, isKept, priority, device = [] } = job;
  const marks = [
    isKept ? "kept" : [],
    priority === 0 ? [] : `priority ${priority}`,
    device,
    name,
    tags,
  ].flat(2);
  const columns = [id, state.padEnd(11), new Date(createdMs).toISOString(), client, ...marks];
  return `${columns.join("  ")}\n`;
}

function print(value: object, text: string, isJson: boolean): void {
  stdout.write(isJson ? `${JSON.stringify(value, null, 2)}\n` : text);
}

async function show({ client, isJson }: JobCommand, id: string): Promise<number> {
  const job = await client.get(id);
  print(job, line(job), isJson);
  if (job.error !== undefined && !isJson) reportErrors([job.error]);
  return exitCodes.done;
}

async function watch({ client, isJson }: JobCommand, id: string): Promise<number> {
  const showProgress = isJson ? () => {} : createProgress(stderr);
  const ending = await followJob(client, id, (event) => {
    showProgress(event);
    if (isJson) stdout.write(eventLine(toCommandEvent(event)));
  });
  if (ending.type === "run-finished") return exitCodes.done;
  if (ending.type === "run-cancelled") return exitCodes.interrupted;
  reportErrors([ending.error]);
  return exitCodeOf(ending.error.code);
}

async function retry({ client, isJson }: JobCommand, id: string): Promise<number> {
  const retried = await client.retry(id);
  if ("job" in retried) {
    print(retried.job, line(retried.job), isJson);
    return exitCodes.done;
  }
  reportIssues(retried.issues, true);
  return exitCodeOf(retried.issues[0]?.code ?? "graph.shape");
}

function limitFrom(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw usageError(`--limit ${text}: this is no count`, "Use a whole number from 1.");
}

function checkStates(states: readonly string[]): void {
  const known: readonly string[] = jobStates;
  const wrong = states.find((state) => !known.includes(state));
  if (wrong === undefined) return;
  throw usageError(`--state ${wrong}: there is no such state`, `Use ${known.join(", ")}.`);
}

async function keep({ client, isJson }: JobCommand, id: string, isKept: boolean): Promise<void> {
  const job = await client.mark(id, { isKept });
  print(job, line(job), isJson);
}

async function list({ client, isJson }: JobCommand, states: readonly string[], limit: number) {
  const jobs = await client.list(states, limit);
  print(jobs, jobs.map(line).join(""), isJson);
}

/** The jobs of a server, or of a database. Throws: command.usage, jobs.unavailable. */
async function openJobs(
  server: string | undefined,
  connect: string | undefined,
): Promise<JobsClient & { close?(): Promise<void> }> {
  if (server !== undefined && connect !== undefined) {
    throw usageError("--server and --connect do not go together", "Leave one of them out.");
  }
  const database = server === undefined ? databaseOf(connect) : undefined;
  if (database === undefined) return openServerClient(server ?? "http://127.0.0.1:7878");
  // Loaded only here: most commands know no database.
  const { openDatabaseJobs } = await import("../database-jobs.ts");
  return openDatabaseJobs(database);
}

/** Runs `insightgraph jobs`. @returns the exit code. Throws: command.usage, server.*. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    server: { type: "string" },
    connect: { type: "string" },
    state: { type: "string", multiple: true, default: [] },
    limit: { type: "string", default: "20" },
    before: { type: "string" },
    not: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  });
  const [action = "list", ...rest] = positionals;
  const client = await openJobs(values.server, values.connect);
  const command: JobCommand = { client, isJson: values.json };
  const id = (): string => onlyPositional(rest, "job's id", `jobs ${action} ID`);
  const actions: Readonly<Record<string, () => Promise<unknown>>> = {
    list: () => {
      checkStates(values.state);
      return list(command, values.state, limitFrom(values.limit));
    },
    show: () => show(command, id()),
    watch: () => watch(command, id()),
    cancel: () => client.cancel(id()),
    retry: () => retry(command, id()),
    move: () => client.move(id(), values.before),
    keep: () => keep(command, id(), !values.not),
    delete: () => client.remove(id()),
    pause: () => client.pause(true),
    resume: () => client.pause(false),
  };
  const act = Object.hasOwn(actions, action) ? actions[action] : undefined;
  try {
    if (act === undefined) {
      throw usageError(`jobs has no "${action}"`, namesHint(action, Object.keys(actions)));
    }
    const code = await act();
    return typeof code === "number" ? code : exitCodes.done;
  } finally {
    await client.close?.();
  }
}
