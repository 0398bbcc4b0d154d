/** Chooses whose job comes next. */
export interface Turns {
  /** @param waiting The oldest job of each client, oldest first. */
  pick<Job extends { readonly client: string }>(waiting: readonly Job[]): Job | undefined;
}

/** Clients take turns: whoever was served longest ago comes first, and among equals the oldest job. */
export function createTurns(): Turns {
  let served: ReadonlyMap<string, number> = new Map();
  let turn = 0;
  return {
    pick(waiting) {
      const turnOf = (client: string): number => served.get(client) ?? 0;
      const [next] = waiting.toSorted((a, b) => turnOf(a.client) - turnOf(b.client));
      if (next === undefined) return undefined;
      turn += 1;
      // Clients that no longer wait are forgotten.
      const others = waiting.map(({ client }) => [client, turnOf(client)] as const);
      served = new Map([...others, [next.client, turn]]);
      return next;
    },
  };
}
