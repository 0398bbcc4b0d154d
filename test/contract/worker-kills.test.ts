import { existsSync } from "node:fs";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, request as forward, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import type { Started } from "../../packages/app/src/command-line.fixture.ts";
import { stepNode } from "../../packages/app/src/dataset/scene-graphs.fixture.ts";
import { startS3Server } from "../../packages/engine/src/objects/s3-server.fixture.ts";
import { startPostgres } from "../../packages/engine/src/postgres/postgres-server.fixture.ts";
import { createCutNetwork } from "./cut-network.fixture.ts";
import { createLab, type Lab } from "./workers.fixture.ts";

const sample = fileURLToPath(
  new URL("../../graphs/samples/rabbit-teddy-apple.png", import.meta.url),
);
const [server, bucket] = await Promise.all([startPostgres(), startS3Server()]);
afterAll(() => Promise.all([server?.stop(), bucket?.stop()]));

/** A place at which a worker is held until it is let on. */
interface Gate {
  close(): Promise<void>;
  /** Whether a worker waits there. */
  isReached(): Promise<boolean>;
  open(): Promise<void>;
}

/** Passes requests on to the object store, and holds the files of workers while its gate is closed. */
async function startHoldingProxy(when: "before" | "after"): Promise<Gate & { server: Server }> {
  const target = new URL(process.env["AWS_ENDPOINT_URL_S3"] ?? "");
  let isClosed = false;
  let held: (() => void)[] = [];
  /** Those that came before the gate was closed pass: the answer to a dead worker may be late. */
  const holdFor = ({ method, url }: IncomingMessage) => {
    const isHeld = isClosed && method === "PUT" && url?.includes("/runs/");
    return async (at: typeof when): Promise<void> => {
      if (isHeld && at === when) await new Promise<void>((resolve) => held.push(resolve));
    };
  };
  const proxy = createServer(async (request, response) => {
    const pass = holdFor(request);
    await pass("before");
    const { method, url, headers } = request;
    const { hostname, port } = target;
    const onward = forward({ hostname, port, method, path: url, headers }, async (answer) => {
      await pass("after");
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  process.env["AWS_ENDPOINT_URL_S3"] = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return {
    server: proxy,
    async close() {
      isClosed = true;
    },
    isReached: async () => held.length > 0,
    async open() {
      isClosed = false;
      for (const resolve of held) resolve();
      held = [];
    },
  };
}

/** Makes triggers that wait while a row says so: the database holds whoever comes by. */
async function createTriggers({ query }: Lab): Promise<void> {
  await query(`CREATE TABLE gates (name text);
    CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      WHILE EXISTS (SELECT 1 FROM gates WHERE name = TG_NAME) LOOP PERFORM pg_sleep(0.05); END LOOP;
      RETURN NEW;
    END $$;
    CREATE TRIGGER claim BEFORE UPDATE ON pgboss.job FOR EACH ROW
      WHEN (NEW.state = 'active' AND OLD.state <> 'active') EXECUTE FUNCTION hold();
    CREATE TRIGGER commit BEFORE INSERT ON outcomes FOR EACH ROW EXECUTE FUNCTION hold();
    CREATE CONSTRAINT TRIGGER committed AFTER INSERT ON outcomes DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION hold()`);
}

const sleepers = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'";

function databaseGate({ query }: Lab, name: string): Gate {
  return {
    close: async () => void (await query(`INSERT INTO gates VALUES ('${name}')`)),
    isReached: async () => (await query(sleepers)).length > 0,
    async open() {
      await query("DELETE FROM gates");
      // What the dead one had begun comes to its end.
      while ((await query(sleepers)).length > 0) await setTimeout(50);
    },
  };
}

/** A node that waits for as long as a file is there, and says so with another one. @param mostMs its longest wait */
function holdingNode({ at }: Lab, mostMs = Number.POSITIVE_INFINITY): string {
  const [hold, reached] = [at("hold"), at("reached")].map((file) => JSON.stringify(file));
  return stepNode(at("log"), at("fails"), 0).replace(
    "appendFileSync(",
    `const { writeFileSync } = await import("node:fs");
    if (existsSync(${hold})) writeFileSync(${reached}, "");
    const endMs = performance.now() + ${mostMs};
    while (existsSync(${hold}) && performance.now() < endMs) await new Promise((resolve) => setTimeout(resolve, 20));
    appendFileSync(`,
  );
}

function computeGate({ at }: Lab): Gate {
  return {
    close: () => writeFile(at("hold"), ""),
    isReached: async () => existsSync(at("reached")),
    open: async () => {
      for (const name of ["hold", "reached"]) await rm(at(name), { force: true });
    },
  };
}

const reach = async (gate: Gate): Promise<void> => {
  while (!(await gate.isReached())) await setTimeout(50);
};
/** Resolves once a process has written a text. */
const said = ({ child }: Started, text: string): Promise<void> =>
  new Promise((resolve) => {
    child.stdout?.on("data", (chunk) => String(chunk).includes(text) && resolve());
  });
const textsTo = (count: number): string[] =>
  Array.from({ length: count }, (_, seed) => `number ${seed}`);

describe.skipIf(server === undefined || bucket === undefined)("workers that are lost", () => {
  test.concurrent("[T1] [T2] kill -9 of a worker at each of claim, compute, put and commit", async ({
    onTestFinished,
  }) => {
    const lab = await createLab(
      (await server?.newDatabase()) ?? "",
      `s3://${await bucket?.newBucket()}/lab`,
    );
    onTestFinished(lab.end);
    const [puts, stored] = [await startHoldingProxy("before"), await startHoldingProxy("after")];
    onTestFinished(() => {
      for (const { server: proxy } of [puts, stored]) {
        proxy.close();
        proxy.closeAllConnections();
      }
    });
    await lab.writeSteps(0, holdingNode(lab));
    await cp(sample, lab.at("a.png"));
    await lab.writeLoading("a.png");
    const run = lab.start(
      ...lab.command("loads.json", "seeds:7", "held"),
      ...lab.places,
      "--task-size",
      "1",
    );
    await lab.until("SELECT 1 FROM pgboss.job WHERE state = 'created'", 7);
    await createTriggers(lab);
    // Each victim holds another item: on a busy machine one would be found dead before the next one claims.
    await lab.setPatience(100_000);
    const gates = [
      databaseGate(lab, "claim"),
      computeGate(lab),
      puts,
      stored,
      databaseGate(lab, "commit"),
      databaseGate(lab, "committed"),
    ];
    for (const gate of gates) {
      await gate.close();
      const victim = lab.worker();
      await reach(gate);
      victim.child.kill("SIGKILL");
      await victim.answer;
      await gate.open();
    }
    // The last one had committed and never knew.
    expect(await lab.query("SELECT 1 FROM outcomes")).toHaveLength(1);
    await lab.setPatience(10);
    await lab.letWorkersDie();
    await lab.until("SELECT 1 FROM pgboss.job WHERE state = 'retry'", 5);
    // Nor is the last one, which only does what is left.
    await lab.setPatience(100_000);
    lab.worker();
    expect(await run.answer).toMatchObject({ code: 0 });
    expect((await lab.textsOf("held")).sort()).toEqual(textsTo(7));
    // Computed again is what was computed and not committed: before, in and after the put, and in the commit.
    const ran = (await readFile(lab.at("log"), "utf8")).trim().split("\n");
    expect(ran.sort()).toEqual(["0", "1", "2", "2", "3", "3", "4", "4", "5", "6"]);
  });

  test.concurrent("[T2] two workers that come back after they were thought dead change nothing", async ({
    onTestFinished,
  }) => {
    const lab = await createLab((await server?.newDatabase()) ?? "");
    onTestFinished(lab.end);
    await lab.writeSteps(0, holdingNode(lab));
    const run = lab.start(...lab.command("steps.json", "seeds:1", "zombies"), ...lab.places);
    await lab.until("SELECT 1 FROM pgboss.job WHERE state = 'created'");
    const gate = computeGate(lab);
    await gate.close();
    const zombies = [lab.worker()];
    for (const deaths of [0, 1]) {
      await lab.until(
        `SELECT 1 FROM pgboss.job WHERE state = 'active' AND retry_count = ${deaths}`,
      );
      await reach(gate);
      zombies.at(-1)?.child.kill("SIGSTOP");
      await rm(lab.at("reached"));
      await lab.letWorkersDie();
      zombies.push(lab.worker());
    }
    zombies.pop();
    run.child.kill("SIGSTOP");
    await gate.open();
    await lab.until("SELECT 1 FROM outcomes");
    for (const zombie of zombies) {
      const told = said(zombie, "another worker has it now");
      zombie.child.kill("SIGCONT");
      await told;
    }
    expect(await lab.query("SELECT 1 FROM outcomes")).toHaveLength(1);
    run.child.kill("SIGCONT");
    expect(await run.answer).toMatchObject({ code: 0 });
    expect(await lab.textsOf("zombies")).toEqual(textsTo(1));
  });

  test.concurrent("a worker whose network is cut for a minute loses its task to another one, and goes on after it", async ({
    onTestFinished,
  }) => {
    const database = (await server?.newDatabase()) ?? "";
    const network = await createCutNetwork(database);
    if (network === undefined) return;
    onTestFinished(network.remove);
    const lab = await createLab(database);
    onTestFinished(lab.end);
    // Slow until the gate opens, and more than one worker does while the other is away.
    const slow = computeGate(lab);
    await slow.close();
    await lab.writeSteps(0, holdingNode(lab, 1500));
    const args = ["--task-size", "4"];
    const run = lab.start(...lab.command("steps.json", "seeds:400", "cut"), ...lab.places, ...args);
    const remote = lab.workerBy(network.program, network.address);
    // It must know of its task: the answer to its claim could be lost with the network.
    await reach(slow);
    network.cut();
    const cutMs = performance.now();
    lab.worker();
    await lab.until("SELECT 1 FROM pgboss.job WHERE state = 'active' AND retry_count = 1");
    await setTimeout(60_000 - (performance.now() - cutMs));
    const [told, done] = [said(remote, "another worker has it now"), said(remote, "4 done")];
    network.mend();
    await told;
    await done;
    await slow.open();
    expect(await run.answer).toMatchObject({ code: 0 });
    expect((await lab.textsOf("cut")).sort()).toEqual(textsTo(400).sort());
  });
});
