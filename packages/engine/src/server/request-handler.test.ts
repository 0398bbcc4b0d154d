import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDocumentsForTest } from "../documents/documents-for-test.fixture.ts";
import { openAnswerHost } from "../host/child/open-answer-host.fixture.ts";
import { openJobQueue } from "../jobs/job-queue.ts";
import { openSqliteJobStore } from "../jobs/sqlite/sqlite-job-store.ts";
import { createRequestHandler } from "./request-handler.ts";
import { bareSite } from "./site.fixture.ts";

const tiff = Buffer.from("II*\0rest", "latin1");
const png = Buffer.from("\x89PNG\r\n\x1a\nrest", "latin1");

let root = "";
let handle: (request: Request) => Promise<Response>;
const host = openAnswerHost();

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "insightgraph-site-"));
  for (const folder of ["editor/assets", "editor-secret", "samples", "work"]) {
    await mkdir(path.join(root, folder), { recursive: true });
  }
  await writeFile(path.join(root, "editor/index.html"), "<p>editor</p>");
  await writeFile(path.join(root, "editor/assets/app-1a2b.js"), "run()");
  await writeFile(path.join(root, "editor-secret/key.txt"), "secret");
  await writeFile(path.join(root, "samples/a.png"), png);
  await writeFile(path.join(root, "work/private.png"), png);
  const script = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
  await writeFile(path.join(root, "samples/drawing.svg"), script);
  await writeFile(path.join(root, "samples/page.html"), "<script>alert(1)</script>");
  await symlink(path.join(root, "work/private.png"), path.join(root, "samples/link.png"));
  const store = await openSqliteJobStore(":memory:");
  handle = createRequestHandler({
    host,
    jobs: await openJobQueue({ store, folder: "f", host, log: () => {} }),
    documents: await openDocumentsForTest(),
    editorDir: path.join(root, "editor"),
    uploadsDir: path.join(root, "data/uploads"),
    pictureDirs: [path.join(root, "samples")],
    outputDirs: [path.join(root, "samples")],
    ...bareSite,
    workDir: path.join(root, "work"),
    async tiffToPng(bytes) {
      if (!tiff.equals(bytes)) throw new Error("no TIFF");
      return png;
    },
  });
});

afterAll(async () => {
  await host.close();
  await rm(root, { recursive: true });
});

function get(target: string, headers: Record<string, string> = {}): Promise<Response> {
  return handle(new Request(`http://localhost:7878${target}`, { headers }));
}

describe("the page", () => {
  test.each([
    ["/", "text/html; charset=utf-8", "<p>editor</p>"],
    ["/assets/app-1a2b.js", "text/javascript; charset=utf-8", "run()"],
  ])("%s is served as %s", async (target, mime, text) => {
    const reply = await get(target);
    expect(reply.status).toBe(200);
    expect(reply.headers.get("content-type")).toBe(mime);
    expect(reply.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await reply.text()).toBe(text);
  });

  test.each([
    "/nothing.js",
    "/assets",
    "/%2e%2e/editor-secret/key.txt",
    "/..%2feditor-secret%2fkey.txt",
    "/%E0%A4%A",
    "/index.html%00.png",
  ])("%s is not found, with a reason", async (target) => {
    const reply = await get(target);
    expect(reply.status).toBe(404);
    expect(await reply.json()).toMatchObject({ error: { code: "server.path" } });
  });

  test.each([
    ["br", brotliDecompressSync],
    ["gzip", gunzipSync],
  ])("its script is sent compressed as %s, and kept for good", async (encoding, open) => {
    const reply = await get("/assets/app-1a2b.js", {
      "accept-encoding": `deflate, ${encoding};q=0.8`,
    });
    expect(reply.headers.get("content-encoding")).toBe(encoding);
    expect(reply.headers.get("vary")).toBe("accept-encoding");
    expect(reply.headers.get("cache-control")).toContain("immutable");
    expect(open(Buffer.from(await reply.arrayBuffer())).toString()).toBe("run()");
  });

  test("a client that reads no compressed files gets them as they are", async () => {
    for (const accepted of ["", "identity", "br;q=0, gzip;q=0.0"]) {
      const reply = await get("/assets/app-1a2b.js", { "accept-encoding": accepted });
      expect(reply.headers.get("content-encoding")).toBe(null);
      expect(await reply.text()).toBe("run()");
    }
  });

  test("a page that was built again is not served as it was", async () => {
    const file = path.join(root, "editor/index.html");
    const asked = () => get("/", { "accept-encoding": "gzip" });
    await asked();
    await writeFile(file, "<p>edited</p>");
    expect(gunzipSync(Buffer.from(await (await asked()).arrayBuffer())).toString()).toBe(
      "<p>edited</p>",
    );
    await writeFile(file, "<p>editor</p>");
  });

  test("may run its own scripts only, and nobody may frame it", async () => {
    const { headers } = await get("/");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
  });

  test("other methods are refused", async () => {
    const reply = await handle(new Request("http://localhost/", { method: "DELETE" }));
    expect(reply.status).toBe(405);
  });
});

describe("pictures", () => {
  const upload = (body: Uint8Array, name: string): Promise<Response> =>
    handle(
      new Request("http://localhost/api/uploads", {
        method: "POST",
        headers: { "x-file-name": name },
        body: new Uint8Array(body),
      }),
    );

  test("an upload is kept by content and can be read back", async () => {
    const reply = await upload(png, "../../My Cat.png");
    const { path: kept } = (await reply.json()) as { path: string };
    expect(path.basename(kept)).toBe("My Cat.png");
    expect(path.relative(path.join(root, "data/uploads"), kept)).toMatch(/^[0-9a-f]{16}.My Cat/);
    expect(await readFile(kept)).toEqual(png);
    const shown = await get(`/api/files?path=${encodeURIComponent(kept)}`);
    expect(shown.headers.get("content-type")).toBe("image/png");
    expect(await (await upload(png, "../../My Cat.png")).json()).toEqual({ path: kept });
  });

  test.each([
    ["%E7%8C%AB%E5%92%8C%E7%8B%97.png", "猫和狗.png"],
    ["..%2F..%2Fa%00b%3Fc.png", "a b c.png"],
    [".hidden.png", "hidden.png"],
    ["nul.png", "picture.png"],
    ["", "picture.png"],
    [`${"%E7%8C%AB".repeat(90)}.png`, `${"猫".repeat(66)}.png`],
  ])("an upload called %s is kept as %s", async (name, kept) => {
    const reply = await upload(png, name);
    expect(path.basename(((await reply.json()) as { path: string }).path)).toBe(kept);
  });

  test.each(["II*\0rest", "MM\0*rest", "II+\0rest", "MM\0+rest"])(
    "a TIFF that begins with %j is kept",
    async (start) => {
      const reply = await upload(Buffer.from(start, "latin1"), "Scan.tiff");
      const { path: kept } = (await reply.json()) as { path: string };
      expect(path.basename(kept)).toBe("Scan.tif");
    },
  );

  test("a TIFF is shown as PNG; a damaged one is refused", async () => {
    await writeFile(path.join(root, "samples/a.tiff"), tiff);
    const shown = await get("/api/files?path=../samples/a.tiff");
    expect(shown.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(png);
    await writeFile(path.join(root, "samples/cut.tif"), "II*");
    const refused = await get("/api/files?path=../samples/cut.tif");
    expect(refused.status).toBe(415);
    expect(await refused.json()).toMatchObject({ error: { code: "server.not-a-picture" } });
  });

  test("what is no picture is refused", async () => {
    const reply = await upload(Buffer.from("<svg onload=alert(1)>"), "a.png");
    expect(reply.status).toBe(415);
    expect(await reply.json()).toMatchObject({ error: { code: "server.not-a-picture" } });
  });

  test("more than 64 MB is refused", async () => {
    const reply = await upload(new Uint8Array(64 * 1024 * 1024 + 1), "big.png");
    expect(reply.status).toBe(413);
    expect(await reply.json()).toMatchObject({ error: { code: "server.too-large" } });
  });

  test("an SVG is saved, not opened, and nothing in it runs", async () => {
    const { status, headers } = await get("/api/files?path=../samples/drawing.svg");
    expect(status).toBe(200);
    expect(headers.get("content-disposition")).toBe("attachment");
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; sandbox/);
  });

  test("HTML of the workspace is not served at all", async () => {
    expect((await get("/api/files?path=../samples/page.html")).status).toBe(404);
  });

  test.each(["/api/files?path=../samples/a.png", "/api/files?path=none.png", "/none.js"])(
    "%s is of no use to another site",
    async (target) => {
      const { headers } = await get(target);
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    },
  );

  test("a sample is shown, also by a path from the working folder", async () => {
    expect((await get("/api/files?path=../samples/a.png")).status).toBe(200);
  });

  test.each(["private.png", "../samples/link.png", "../editor-secret/key.txt", "", "/etc/passwd"])(
    "%s is not",
    async (name) => {
      expect((await get(`/api/files?path=${encodeURIComponent(name)}`)).status).toBe(404);
    },
  );
});
