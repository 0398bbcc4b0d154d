import { execFileSync } from "node:child_process";
import { createConnection, createServer } from "node:net";
import path from "node:path";

/** A network namespace that reaches a database over a cable of its own. */
export interface CutNetwork {
  /** Starts a command there. */
  readonly program: readonly [string, ...string[]];
  /** The database, from there. */
  readonly address: string;
  cut(): void;
  mend(): void;
  remove(): void;
}

const ip = (...args: string[]): void => void execFileSync("ip", args, { stdio: "pipe" });
const net = `10.213.${process.pid % 256}`;
const [near, far] = [`${net}.1`, `${net}.2`];

/** Makes the namespace; undefined, with a reason, where that is not permitted. @param database On a socket in a folder */
export async function createCutNetwork(database: string): Promise<CutNetwork | undefined> {
  const name = `insightgraph-${process.pid}`;
  const [here, there] = [`ig${process.pid}a`, `ig${process.pid}b`];
  try {
    ip("netns", "add", name);
    ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", name);
    ip("addr", "add", `${near}/30`, "dev", here);
    ip("link", "set", here, "up");
    ip("-n", name, "addr", "add", `${far}/30`, "dev", there);
    ip("-n", name, "link", "set", there, "up");
  } catch (cause) {
    process.stderr.write(`no cut network is tested: ${String(cause).split("\n", 1)[0]}\n`);
    return undefined;
  }
  const url = new URL(database);
  const socket = path.join(url.searchParams.get("host") ?? "", ".s.PGSQL.5432");
  const door = createServer((from) => {
    const to = createConnection(socket);
    for (const end of [from, to]) end.on("error", () => {});
    from.pipe(to).pipe(from);
  });
  const port = await new Promise<number>((resolve, reject) => {
    door.on("error", reject).listen(0, near, () => {
      const address = door.address();
      if (address !== null && typeof address === "object") resolve(address.port);
    });
  });
  return {
    program: ["ip", "netns", "exec", name],
    address: `postgres://${url.username}@${near}:${port}${url.pathname}`,
    cut: () => ip("link", "set", here, "down"),
    mend: () => ip("link", "set", here, "up"),
    remove() {
      door.close();
      ip("netns", "del", name);
    },
  };
}
