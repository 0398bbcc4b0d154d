/** The name in a Host header, without its port. */
function hostName(host: string): string {
  return host
    .replace(/:\d+$/, "")
    .replace(/^\[|\]$/g, "")
    .toLowerCase();
}

/**
 * Whether a request comes from this server's own page or from no page at all.
 * The Host is checked too, because anybody can point a name of theirs at this machine.
 */
export function isAllowedOrigin(headers: Headers, hosts: readonly string[]): boolean {
  const host = headers.get("host");
  if (host !== null && !hosts.includes(hostName(host))) return false;
  const origin = headers.get("origin");
  if (origin === null) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
