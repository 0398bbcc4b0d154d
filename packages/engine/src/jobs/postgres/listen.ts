import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { EngineError } from "../../errors.ts";
import type { JobChange } from "../job-exchange.ts";

/** Where processes ask each other to end a job. */
export const cancelChannel = "insightgraph_cancel";
/** Where the database tells what happens to jobs. */
export const jobsChannel = "insightgraph_jobs";
/** A connection over which nothing comes back for so long is given up. */
const silenceMs = 10_000;
const beatMs = 5000;
const againMs = 1000;

/** What is heard on the connection. */
interface Listener {
  changed(change: JobChange): void;
  cancelAsked(id: string): void;
}

/** A connection that hears the others and owns a folder as long as it lives. */
export interface ListeningConnection {
  /** Connects where it is not connected. Throws: `jobs.locked`, what the database throws. */
  check(): Promise<void>;
  close(): Promise<void>;
}

async function own(client: pg.Client, folder: string): Promise<void> {
  const key = createHash("sha256").update(folder).digest().readBigInt64BE().toString();
  const { rows } = await client.query("SELECT pg_try_advisory_lock($1) AS taken", [key]);
  if (rows[0]?.taken === true) return;
  throw new EngineError("jobs.locked", `another server runs the jobs of "${folder}"`, {
    hint: "Open that server's page, stop it, or serve a graph of another folder.",
  });
}

/** The server lets go of the folder soon where this machine is cut off. */
const settings: readonly string[] = [
  ...["SET tcp_keepalives_idle = 10", "SET tcp_keepalives_interval = 5"],
  "SET tcp_keepalives_count = 3",
];

/**
 * Listens to a database. A connection that was lost is made again by itself; what was missed meanwhile is told as a gap.
 * @param folder The folder that this process owns; undefined for one that runs no jobs.
 */
export function listenTo(
  options: pg.ClientConfig,
  folder: string | undefined,
  listener: Listener,
): ListeningConnection {
  let current: Promise<pg.Client> | undefined;
  let [isClosed, wasConnected] = [false, false];

  /** What was asked while nobody listened. */
  const catchUp = async (client: pg.Client): Promise<void> => {
    const asked = "SELECT id FROM jobs WHERE folder = $1 AND state = 'running' AND cancel_asked";
    const { rows } = await client.query(asked, [folder ?? ""]);
    for (const { id } of rows) listener.cancelAsked(String(id));
    listener.changed({ type: "gap" });
  };
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ ...options, keepAlive: true, query_timeout: silenceMs });
    client.on("error", () => {});
    await client.connect();
    client.on("notification", ({ channel, payload = "" }) => {
      if (channel === cancelChannel) listener.cancelAsked(payload);
      else listener.changed(payload === "" ? { type: "list" } : { type: "job", id: payload });
    });
    try {
      if (folder !== undefined) await own(client, folder);
      const listening = [`LISTEN ${cancelChannel}`, `LISTEN ${jobsChannel}`];
      await client.query([...settings, ...listening].join(";"));
      if (wasConnected) await catchUp(client);
      wasConnected = true;
      return client;
    } catch (thrown) {
      void client.end().catch(() => {});
      throw thrown;
    }
  };
  const watch = (client: pg.Client): void => {
    const lose = (): void => {
      clearInterval(timer);
      client.off("end", lose);
      current = undefined;
      void client.end().catch(() => {});
      void reconnect();
    };
    const timer = setInterval(() => void client.query("SELECT 1").catch(lose), beatMs).unref();
    client.on("end", lose);
  };
  const take = async (): Promise<pg.Client> => {
    const client = await connect();
    watch(client);
    return client;
  };
  const check = async (): Promise<void> => {
    current ??= take();
    const taken = current;
    await taken.catch((thrown: unknown) => {
      if (current === taken) current = undefined;
      throw thrown;
    });
  };
  const reconnect = async (): Promise<void> => {
    while (!isClosed && current === undefined) {
      const isThere = await check().then(
        () => true,
        () => false,
      );
      if (!isThere) await setTimeout(againMs, undefined, { ref: false });
    }
  };
  return {
    check,
    async close() {
      isClosed = true;
      const client = await current?.catch(() => undefined);
      await client?.end();
    },
  };
}
