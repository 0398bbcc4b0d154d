/** How often a worker shows that it is alive; three in a row may fail. */
export const beatMs = 3000;

/** Whether a worker has been heard of lately. */
export function isAlive({ silentMs }: { readonly silentMs: number }): boolean {
  return silentMs < 5 * beatMs;
}
