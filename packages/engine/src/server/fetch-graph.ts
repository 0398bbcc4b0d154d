import { lookup as lookupName } from "node:dns";
import type { IncomingMessage } from "node:http";
import { get as getHttps } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { EngineError } from "../errors.ts";
import { decodeText } from "../graph/decode-text.ts";
import type { GraphDocument } from "../graph/document.ts";
import { parseGraph } from "../graph/parse-graph.ts";
import { graphKeyword } from "../png/keywords.ts";
import { readPngText } from "../png/png-texts.ts";

const maxBytes = 8 * 1024 * 1024;
const maxRedirects = 3;
const timeoutMs = 15_000;

/** Everything that is not the public internet: this machine, its networks, and addresses for special use. */
const privateAddresses = new BlockList();
for (const [address, bits] of [
  ...([
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
  ] as const),
  ...([
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.0.0.0", 24],
    ["192.0.2.0", 24],
  ] as const),
  ...([
    ["192.168.0.0", 16],
    ["198.18.0.0", 15],
    ["198.51.100.0", 24],
  ] as const),
  ...([
    ["203.0.113.0", 24],
    ["224.0.0.0", 3],
  ] as const),
]) {
  privateAddresses.addSubnet(address, bits);
}
/** Of IPv6, only global unicast is public. */
const publicAddresses = new BlockList();
publicAddresses.addSubnet("2000::", 3, "ipv6");
for (const [address, bits] of [
  // Ways to write IPv4 in IPv6, and the documentation's addresses.
  ...([
    ["2002::", 16],
    ["2001::", 23],
    ["2001:db8::", 32],
  ] as const),
]) {
  privateAddresses.addSubnet(address, bits, "ipv6");
}

/** Whether an address belongs to the public internet. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !privateAddresses.check(address);
  return (
    isIP(address) === 6 &&
    publicAddresses.check(address, "ipv6") &&
    !privateAddresses.check(address, "ipv6")
  );
}

function refused(address: string, why: string, cause?: unknown): EngineError {
  return new EngineError("file.unreadable", `${address.slice(0, 200)} cannot be opened: ${why}`, {
    hint: "Download the file, and open it from your disk.",
    cause,
  });
}

/** Throws: `file.unreadable` for what is no https address, or names an address that is not public. */
function checkedUrl(address: string): URL {
  let url: URL;
  try {
    url = new URL(address);
  } catch (cause) {
    throw refused(address, "it is no address", cause);
  }
  if (url.protocol !== "https:") throw refused(address, "only https addresses are opened");
  if (url.username !== "" || url.password !== "") {
    throw refused(address, "it carries a name or a password");
  }
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw refused(address, "it is a private address");
  return url;
}

/** Resolves names to public addresses only; the connection goes to the very address that was checked. */
export const lookupPublic: LookupFunction = (host, options, done) => {
  lookupName(host, { ...options, all: true }, (error, found) => {
    const isPublic = error === null && found.every(({ address }) => isPublicAddress(address));
    const [first] = found ?? [];
    if (error !== null || first === undefined) done(error ?? new Error("no address"), "");
    else if (!isPublic) done(new Error("it leads to a private address"), "");
    else if (options.all === true) done(null, found);
    else done(null, first.address, first.family);
  });
};

/** Opens a connection for one request. */
export type Get = (url: URL) => Promise<IncomingMessage>;

const getPublic: Get = (url) =>
  new Promise((resolve, reject) => {
    const headers = { accept: "application/json, image/png, */*", "user-agent": "InsightGraph" };
    const options = { lookup: lookupPublic, headers, signal: AbortSignal.timeout(timeoutMs) };
    getHttps(url, options, resolve).on("error", reject);
  });

async function readLimited(response: IncomingMessage, address: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > maxBytes) {
      response.destroy();
      throw new EngineError("server.too-large", `${address} is larger than 8 MB`, {
        hint: "Download it, and open it from your disk.",
      });
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

async function fetchBytes(address: string, get: Get, redirects: number): Promise<Uint8Array> {
  const url = checkedUrl(address);
  try {
    const response = await get(url);
    const { statusCode = 0, headers } = response;
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      response.destroy();
      if (redirects === 0) throw refused(address, "it leads from one address to the next");
      return await fetchBytes(new URL(headers.location, url).href, get, redirects - 1);
    }
    if (statusCode === 200) return await readLimited(response, address);
    response.destroy();
    throw refused(address, `the answer is ${statusCode}`);
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    throw refused(address, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/**
 * Fetches a graph, or a PNG that carries one, from an https address of the public internet. Nothing of it runs.
 * @param get how one address is asked. @default over https, at public addresses only
 * Throws: `file.unreadable`, `file.encoding`, `server.too-large`, and what `parseGraph` throws.
 */
export async function fetchGraph(address: string, get: Get = getPublic): Promise<GraphDocument> {
  const bytes = await fetchBytes(address, get, maxRedirects);
  return parseGraph((await readPngText(bytes, graphKeyword)) ?? decodeText(bytes, address));
}
