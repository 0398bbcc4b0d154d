import { vi } from "vitest";

/** Replaces the limits of `AbortSignal.timeout` by such as run out when a test says so. @returns ends the latest one */
export function limitsByHand(): () => void {
  let latest = new AbortController();
  vi.spyOn(AbortSignal, "timeout").mockImplementation(() => {
    latest = new AbortController();
    return latest.signal;
  });
  return () => latest.abort(new DOMException("the time is over", "TimeoutError"));
}
