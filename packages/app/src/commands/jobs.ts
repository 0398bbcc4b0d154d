import { stderr, stdout } from "node:process";
import { type JobSummary, jobStates } from "@insightgraph/engine/protocol";
import { eventLine, toCommandEvent } from "../command-events.ts";
import { exitCodeOf, exitCodes } from "../exit-codes.ts";
import { onlyPositional, parseArguments, usageError } from "../parse-arguments.ts";
import { createProgress } from "../progress.ts";
import { reportErrors, reportIssues } from "../report.ts";
import { openServerClient, type ServerClient } from "../server-client.ts";
import { followJob } from "../server-host.ts";

/** What `insightgraph jobs --help` prints. */
export const usage = `usage: insightgraph jobs list|show|watch|cancel|retry [ID] [options]

Shows and steers the jobs of a running server: those of its pages, of its API and of \`run --server\`.

  list             the newest jobs, one line each
  show ID          one job, with its error if it failed
  watch ID         follow a job to its end
  cancel ID        end a job that is queued or running
  retry ID         run the graph of a job that is over once more, as a new job

  --server URL     the server's address (default http://127.0.0.1:7878); a token is taken from it,
                   or from INSIGHTGRAPH_TOKEN
  --state STATE    list: only jobs in this state; may be given several times
  --limit N        list: at most that many (default 20)
  --json           the answer as JSON; for watch, lines of JSON (docs/command.md)
`;

interface JobCommand {
  readonly client: ServerClient;
  readonly isJson: boolean;
}

function line({ id, state, client, createdMs }: JobSummary): string {
  return `${id}  ${state.padEnd(11)}  ${new Date(createdMs).toISOString()}  ${client}\n`;
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

/** Runs `insightgraph jobs`. @returns the exit code. Throws: command.usage, server.*. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    server: { type: "string", default: "http://127.0.0.1:7878" },
    state: { type: "string", multiple: true, default: [] },
    limit: { type: "string", default: "20" },
    json: { type: "boolean", default: false },
  });
  const [action = "list", ...rest] = positionals;
  const command: JobCommand = { client: openServerClient(values.server), isJson: values.json };
  const id = (): string => onlyPositional(rest, "job's id", `jobs ${action} ID`);
  switch (action) {
    case "list": {
      checkStates(values.state);
      const jobs = await command.client.list(values.state, limitFrom(values.limit));
      print(jobs, jobs.map(line).join(""), values.json);
      return exitCodes.done;
    }
    case "show":
      return show(command, id());
    case "watch":
      return watch(command, id());
    case "cancel":
      await command.client.cancel(id());
      return exitCodes.done;
    case "retry":
      return retry(command, id());
    default:
      throw usageError(`jobs has no "${action}"`, "Use list, show, watch, cancel or retry.");
  }
}
