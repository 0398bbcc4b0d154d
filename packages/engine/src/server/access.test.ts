import { describe, expect, test } from "vitest";
import { type Access, createAccess } from "./access.ts";
import { allowedHosts } from "./listening.ts";

const token = "right";
const hosts = allowedHosts("127.0.0.1");

function visit(access: Access, path: string, headers: Record<string, string> = {}, address = "a") {
  const url = new URL(path, "http://localhost");
  return access.refusal({ url, headers: new Headers(headers), address });
}

describe("Host and Origin", () => {
  test.each([
    [{ origin: "http://evil.example", host: "localhost:7878" }, 403],
    [{ origin: "null", host: "localhost:7878" }, 403],
    [{ host: "rebound.example:7878" }, 403],
    [{ origin: "http://localhost:7878", host: "localhost:7878" }, undefined],
    [{ host: "127.0.0.1:7878" }, undefined],
  ])("headers %j get %s", (headers, status) => {
    expect(visit(createAccess({ hosts }), "/", headers)?.status).toBe(status);
  });

  test("[A1] a server beyond the loopback answers to its own names and to those allowed", () => {
    const access = createAccess({ hosts: [...allowedHosts("10.0.0.7"), "lab.example"], token });
    const authorization = `Bearer ${token}`;
    const statusOf = (host: string) => visit(access, "/", { host, authorization })?.status;
    expect(["10.0.0.7:80", "lab.example", "localhost"].map(statusOf)).toEqual([
      ...[undefined, undefined, undefined],
    ]);
    expect(statusOf("rebound.example")).toBe(403);
  });
});

describe("the token", () => {
  test("is not asked of whoever watches over the server, but the names are", () => {
    const access = createAccess({ hosts, token });
    expect(visit(access, "/health", { host: "localhost" })).toBeUndefined();
    expect(visit(access, "/metrics", { host: "localhost" })?.status).toBe(401);
    expect(visit(access, "/health", { host: "rebound.example" })?.status).toBe(403);
  });

  test("[A2] is asked for, and taken from the header, the address or the cookie", () => {
    const access = createAccess({ hosts, token, port: 7 });
    expect(visit(access, "/")?.status).toBe(401);
    expect(visit(access, "/", { authorization: "Bearer right" })).toBeUndefined();
    expect(visit(access, "/", { authorization: "Bearer wrong" })?.status).toBe(401);
    const moved = visit(access, "/?token=right");
    expect(moved?.status).toBe(303);
    expect(moved?.headers.get("location")).toBe("/");
    const cookie = moved?.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^insightgraph-7=right; HttpOnly; SameSite=Lax;/);
    expect(visit(access, "/", { cookie: `other=1; ${cookie.split(";")[0]}` })).toBeUndefined();
  });

  test("[A2] after 20 wrong ones in a minute, an address waits; others do not", () => {
    let nowMs = 0;
    const access = createAccess({ hosts, token, now: () => nowMs });
    const tryToken = (given: string, address: string) =>
      visit(access, "/", { authorization: `Bearer ${given}` }, address)?.status;
    for (let turn = 0; turn < 20; turn++) expect(tryToken(`${turn}`, "a")).toBe(401);
    expect(tryToken("right", "a")).toBe(429);
    expect(tryToken("right", "b")).toBeUndefined();
    nowMs = 60_000;
    expect(tryToken("right", "a")).toBeUndefined();
  });
});
