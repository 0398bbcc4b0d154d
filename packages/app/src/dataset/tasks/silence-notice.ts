const quietMs = 60_000;

/** Says once a minute that nothing comes back from workers. @param now Milliseconds that only grow. */
export function createSilenceNotice(
  log: (text: string) => void,
  now: () => number,
): (hasReturned: boolean, away: number) => void {
  let sinceMs = now();
  return (hasReturned, away) => {
    const isQuiet = !hasReturned && now() - sinceMs >= quietMs;
    if (!hasReturned && !isQuiet) return;
    sinceMs = now();
    if (isQuiet) {
      log(
        `nothing came back for a minute; ${away} items wait for workers. They need this database and store, this version of InsightGraph, and equal --nodes.`,
      );
    }
  };
}
