import { randomBytes } from "node:crypto";
import { hostname, networkInterfaces } from "node:os";

const loopback: readonly string[] = ["127.0.0.1", "localhost", "::1"];
const everyAddress = new Set(["0.0.0.0", "::"]);

/** Whether only this machine can reach the address. */
export function isLoopback(address: string): boolean {
  return loopback.includes(address);
}

/** The names under which a server at this address may be reached: other names may be anybody's. */
export function allowedHosts(address: string): string[] {
  if (isLoopback(address)) return [...loopback];
  if (!everyAddress.has(address)) return [...loopback, address.toLowerCase()];
  const own = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses);
  return [...loopback, ...own.map((one) => one.address), hostname().toLowerCase()];
}

/** A token that nobody guesses, safe in an address and in a cookie. */
export function createToken(): string {
  return randomBytes(24).toString("base64url");
}
