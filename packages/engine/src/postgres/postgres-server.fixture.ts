import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { freePort } from "../free-port.fixture.ts";
import type { Certificate } from "./certificates.fixture.ts";

/** A PostgreSQL server of a test's own. */
export interface PostgresServer {
  /** Makes an empty database. @returns its address */
  newDatabase(): Promise<string>;
  /** Of localhost, where it has a certificate. */
  port(): number;
  /** Ends it as `kill -9` does, and starts it again. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** Where Debian keeps the programs, besides those on the path. */
function binaryFolder(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const folders = [
    ...(process.env["PATH"] ?? "").split(path.delimiter),
    ...versions.map((version) => path.join(debian, version, "bin")),
  ];
  return folders.find((folder) => existsSync(path.join(folder, "initdb")));
}

/** A user that runs a server. */
interface User {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root: there, it runs as a user that may do nothing. */
function userOf(): User {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = ["-u", "-g"].map((what) => Number(execFileSync("id", [what, "nobody"])));
  return uid === undefined || gid === undefined ? {} : { uid, gid };
}

/** Gives a folder or file to a user. */
function give(place: string, { uid, gid }: User): void {
  if (uid !== undefined && gid !== undefined) chownSync(place, uid, gid);
}

/** What makes a server speak TLS; its key must be its own. */
function tlsOptions({ certificate, key }: Certificate, folder: string, user: User): string[] {
  const copy = (file: string, name: string): string => {
    const place = path.join(folder, name);
    copyFileSync(file, place);
    chmodSync(place, 0o600);
    give(place, user);
    return place;
  };
  const files = [`ssl_cert_file=${copy(certificate, "crt")}`, `ssl_key_file=${copy(key, "key")}`];
  return ["listen_addresses=localhost", "ssl=on", ...files];
}

/** Asks a database. */
export async function queryPostgres(
  address: string,
  sql: string,
): Promise<readonly { readonly [name: string]: unknown }[]> {
  const client = new pg.Client(address);
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/**
 * Starts a server; undefined, with a reason, where PostgreSQL is not installed.
 * @param certified With what it speaks TLS, at a port of localhost. @default it speaks none
 */
export async function startPostgres(certified?: Certificate): Promise<PostgresServer | undefined> {
  const programs = binaryFolder();
  if (programs === undefined) {
    process.stderr.write("no PostgreSQL is tested: initdb is not installed\n");
    return undefined;
  }
  const user = userOf();
  const folder = mkdtempSync(path.join(tmpdir(), "insightgraph-postgres-"));
  give(folder, user);
  const data = path.join(folder, "data");
  const init = ["-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
  execFileSync(path.join(programs, "initdb"), init, { ...user, cwd: folder, stdio: "pipe" });
  // Without TLS it listens on a socket in its folder alone, so it needs no port.
  let port = 5432;
  const own = certified === undefined ? ["listen_addresses="] : tlsOptions(certified, folder, user);
  const addressOf = (database: string): string =>
    `postgres://test@localhost/${database}?host=${encodeURIComponent(folder)}&port=${port}`;
  const launch = async (): Promise<ChildProcess> => {
    if (certified !== undefined) port = await freePort();
    const options = [...own, `port=${port}`, `unix_socket_directories=${folder}`];
    const args = ["-D", data, "-F", ...options.flatMap((option) => ["-c", option])];
    return spawn(path.join(programs, "postgres"), args, { ...user, cwd: folder, stdio: "ignore" });
  };
  const start = async (): Promise<ChildProcess> => {
    let child = await launch();
    while (!(await isUp(addressOf("postgres")))) {
      // After a crash it refuses to start until the last of its processes has left; a port may be taken meanwhile.
      if (child.exitCode !== null) child = await launch();
      await setTimeout(50);
    }
    return child;
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  };
  let child = await start();
  let databases = 0;
  return {
    port: () => port,
    async newDatabase() {
      databases += 1;
      const name = `database${databases}`;
      await queryPostgres(addressOf("postgres"), `CREATE DATABASE ${name}`);
      return addressOf(name);
    },
    async crash() {
      await end("SIGKILL");
      child = await start();
    },
    async stop() {
      await end("SIGQUIT");
      rmSync(folder, { recursive: true });
    },
  };
}

async function isUp(address: string): Promise<boolean> {
  const client = new pg.Client(address);
  client.on("error", () => {});
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
}
