const longestDelayMs = 30_000;
/** A server that asks for more than this is not waited for. */
export const longestPauseMs = 120_000;

/** How long a server asks to wait, by its header Retry-After: seconds or a date. */
export function askedPauseMs(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

/**
 * The wait before a question is sent again: it doubles, and a random quarter is taken off so that many do not return at once.
 * @param attempt From 0.
 */
export function backoffMs(attempt: number, firstMs: number, random = Math.random): number {
  return Math.min(longestDelayMs, firstMs * 2 ** attempt) * (1 - random() / 4);
}
