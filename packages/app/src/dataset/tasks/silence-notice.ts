const quietMs = 60_000;

/**
 * Says once a minute that nothing comes back from workers.
 * @param why The reason, where one is known.
 * @param now Milliseconds that only grow.
 */
export function createSilenceNotice(
  log: (text: string) => void,
  why: () => Promise<string | undefined>,
  now: () => number,
): (hasReturned: boolean, away: number) => Promise<void> {
  let sinceMs = now();
  return async (hasReturned, away) => {
    const isQuiet = !hasReturned && now() - sinceMs >= quietMs;
    if (!hasReturned && !isQuiet) return;
    sinceMs = now();
    if (!isQuiet) return;
    const reason = (await why()) ?? "workers are still busy";
    log(`nothing came back for a minute; ${away} items wait: ${reason}`);
  };
}
