import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  certify,
  hasOpenssl,
  makeAuthority,
} from "../../packages/engine/src/postgres/certificates.fixture.ts";
import { startPostgres } from "../../packages/engine/src/postgres/postgres-server.fixture.ts";
import { createLab } from "./workers.fixture.ts";

const folder = mkdtempSync(path.join(tmpdir(), "insightgraph-tls-"));
const certificates = hasOpenssl()
  ? { own: makeAuthority(folder, "own"), foreign: makeAuthority(folder, "foreign") }
  : undefined;
const server =
  certificates && (await startPostgres(certify(certificates.own, "localhost", folder)));
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});

describe.skipIf(server === undefined)("a database with TLS", () => {
  const trusted = certificates?.own.certificate ?? "";
  const addressOf = (
    local: string,
    mode: string,
    authority = trusted,
    host = "localhost",
  ): string =>
    `postgres://test@${host}:${server?.port()}${new URL(local).pathname}?sslmode=${mode}&sslrootcert=${authority}`;

  test("a run and its workers speak nothing but TLS with a server whose certificate they have checked", async ({
    onTestFinished,
  }) => {
    const local = (await server?.newDatabase()) ?? "";
    const lab = await createLab(local);
    onTestFinished(lab.end);
    await lab.writeSteps(0);
    const checked = ["--connect", addressOf(local, "verify-full")];
    const run = lab.start(
      ...lab.command("steps.json", "seeds:2", "safe"),
      ...lab.places,
      ...checked,
    );
    await lab.until("SELECT 1 FROM pgboss.job WHERE state = 'created'");
    const worker = lab.worker(...checked);
    await lab.until("SELECT 1 FROM workers");
    const used = await lab.query(`SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
      WHERE client_port > 0`);
    expect(await run.answer).toMatchObject({ code: 0, errors: "" });
    expect(await lab.textsOf("safe")).toHaveLength(2);
    worker.child.kill("SIGTERM");
    expect(await worker.answer).toMatchObject({ code: 0 });
    expect(new Set(used.map(({ ssl }) => ssl))).toEqual(new Set([true]));
  });

  test("a server that cannot prove who it is, is refused in one line, by every command", async ({
    onTestFinished,
  }) => {
    const local = (await server?.newDatabase()) ?? "";
    const { line, end } = await createLab(local);
    onTestFinished(end);
    const plain = createServer((socket) => void socket.once("data", () => socket.end("N")));
    await new Promise<void>((resolve) => plain.listen(0, "localhost", resolve));
    onTestFinished(() => void plain.close());
    const listening = plain.address();
    const port = typeof listening === "object" ? listening?.port : undefined;
    const foreign = certificates?.foreign.certificate;
    const without = (mode: string) => addressOf(local, mode).replace(/&sslrootcert=.*/, "");
    const refused = [
      [addressOf(local, "verify-full", foreign), "certificate", "Name the certificate"],
      [addressOf(local, "require", foreign), "certificate", "Name the certificate"],
      [without("require"), "certificate", "Name the certificate"],
      [addressOf(local, "verify-full", trusted, "127.0.0.1"), "IP: 127.0.0.1", "Write the host"],
      [addressOf(local, "verify-full", path.join(folder, "none")), "ENOENT", "Check the files"],
      [`postgres://test@localhost:${port}/d?sslmode=verify-full`, "SSL", "Switch TLS on"],
    ];
    for (const [address = "", what = "", hint = ""] of refused) {
      const { code, errors } = await line.run("database", "check", "--connect", address);
      expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining(what) });
      expect(errors).toMatch(/^jobs\.unavailable[^\n]*\. Hint: [^\n]*\.\n$/);
      expect(errors).toContain(`Hint: ${hint}`);
    }
    const [wrong = ""] = refused[0] ?? [];
    for (const command of [["jobs"], ["worker", "--store", "store"], ["serve", "--port", "0"]]) {
      const { code, errors } = await line.run(...command, "--connect", wrong);
      expect({ command, code, errors }).toMatchObject({ code: 1 });
      expect(errors).toMatch(/^jobs\.unavailable[^\n]*\n$/);
    }
    expect(await line.run("database", "check", "--connect", without("no-verify"))).toMatchObject({
      ...{ code: 0, errors: "" },
    });
  });
});
