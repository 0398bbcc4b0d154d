import { databaseOf } from "../dataset/tasks/open-work-places.ts";
import { deviceOptions, devicesOf } from "../device-options.ts";
import { parseArguments, usageError } from "../parse-arguments.ts";
import { fromCaller } from "../places.ts";

function portFrom(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw usageError(`--port ${text}: this is not a port`, "Use a number from 0 to 65535.");
}

function concurrencyFrom(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 64) return count;
  throw usageError(`--concurrency ${text}: this is not a number of jobs`, "Use 1 to 64.");
}

function positiveFrom(option: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw usageError(`--${option} ${text}: this is not a positive number`, "Add --help.");
}

/** How much of the jobs that are over stays. */
function retentionFrom(values: {
  readonly "keep-jobs": string;
  readonly "keep-days": string;
  readonly "keep-gigabytes": string;
}) {
  return {
    maxEnded: Math.ceil(positiveFrom("keep-jobs", values["keep-jobs"])),
    maxAgeMs: positiveFrom("keep-days", values["keep-days"]) * 24 * 60 * 60 * 1000,
    maxBytes: positiveFrom("keep-gigabytes", values["keep-gigabytes"]) * 1024 ** 3,
  };
}

/** A token of one's own: in the environment, because other users see a process's arguments. */
function tokenFromEnvironment(): { token?: string } {
  const token = process.env["INSIGHTGRAPH_TOKEN"];
  if (token === undefined || token === "") return {};
  if (/^[\w-]{16,}$/.test(token)) return { token };
  throw usageError(
    "INSIGHTGRAPH_TOKEN cannot be used",
    "use at least 16 letters, digits, hyphens or underscores.",
  );
}

/** What `insightgraph serve` was asked for. */
export type ServeOptions = ReturnType<typeof parseServe>;

/** Reads the arguments of `insightgraph serve`. Throws: command.usage. */
export function parseServe(args: readonly string[]) {
  const { values, positionals } = parseArguments(args, {
    host: { type: "string", default: "127.0.0.1" },
    port: { type: "string", default: "7878" },
    "allow-host": { type: "string", multiple: true, default: [] },
    nodes: { type: "string", multiple: true, default: [] },
    "allow-path": { type: "string", multiple: true, default: [] },
    dataset: { type: "string" },
    concurrency: { type: "string", default: "1" },
    connect: { type: "string" },
    "no-cache": { type: "boolean", default: false },
    "log-format": { type: "string" },
    "keep-jobs": { type: "string", default: "1000" },
    "keep-days": { type: "string", default: "90" },
    "keep-gigabytes": { type: "string", default: "2" },
    ...deviceOptions,
    device: { type: "string", multiple: true, default: [] },
  });
  const [file, surplus] = positionals;
  if (surplus !== undefined)
    throw usageError(`"${surplus}" is one argument too many`, "Add --help.");
  return {
    file,
    address: values.host,
    port: portFrom(values.port),
    allowedHosts: values["allow-host"].map((name) => name.toLowerCase()),
    allowedDirs: values["allow-path"].map(fromCaller),
    nodePlaces: values.nodes.map(fromCaller),
    dataset: values.dataset === undefined ? undefined : fromCaller(values.dataset),
    database: databaseOf(values.connect),
    devices: devicesOf(values),
    concurrency: concurrencyFrom(values.concurrency),
    retention: retentionFrom(values),
    isWithoutCache: values["no-cache"],
    logFormat: values["log-format"],
    token: tokenFromEnvironment(),
  };
}
