import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRequestHandler } from "./request-handler.ts";

const tiff = Buffer.from("II*\0rest", "latin1");
const png = Buffer.from("\x89PNG\r\n\x1a\nrest", "latin1");

let root = "";
let handle: (request: Request) => Promise<Response>;

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
  await symlink(path.join(root, "work/private.png"), path.join(root, "samples/link.png"));
  handle = createRequestHandler({
    editorDir: path.join(root, "editor"),
    uploadsDir: path.join(root, "data/uploads"),
    pictureDirs: [path.join(root, "samples")],
    workDir: path.join(root, "work"),
    async tiffToPng(bytes) {
      if (!tiff.equals(bytes)) throw new Error("no TIFF");
      return png;
    },
    hosts: ["127.0.0.1", "localhost"],
  });
});

afterAll(() => rm(root, { recursive: true }));

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
    [{ origin: "http://evil.example", host: "localhost:7878" }, 403],
    [{ origin: "null", host: "localhost:7878" }, 403],
    [{ host: "rebound.example:7878" }, 403],
    [{ origin: "http://localhost:7878", host: "localhost:7878" }, 200],
    [{ host: "127.0.0.1:7878" }, 200],
  ])("headers %j get %i", async (headers, status) => {
    expect((await get("/", headers)).status).toBe(status);
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
    expect(path.dirname(kept)).toBe(path.join(root, "data/uploads"));
    expect(path.basename(kept)).toMatch(/^[0-9a-f]{16}-my-cat\.png$/);
    expect(await readFile(kept)).toEqual(png);
    const shown = await get(`/api/files?path=${encodeURIComponent(kept)}`);
    expect(shown.headers.get("content-type")).toBe("image/png");
    expect(await (await upload(png, "../../My Cat.png")).json()).toEqual({ path: kept });
  });

  test.each(["II*\0rest", "MM\0*rest", "II+\0rest", "MM\0+rest"])(
    "a TIFF that begins with %j is kept",
    async (start) => {
      const reply = await upload(Buffer.from(start, "latin1"), "Scan.tiff");
      const { path: kept } = (await reply.json()) as { path: string };
      expect(path.basename(kept)).toMatch(/-scan\.tif$/);
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
