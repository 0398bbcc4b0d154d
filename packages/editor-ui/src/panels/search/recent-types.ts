const storageKey = "insightgraph.recent-types";
const kept = 6;

/** The node types that were added last, the latest first. */
export function recentTypes(): readonly string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(found) ? found.filter((type) => typeof type === "string") : [];
  } catch {
    return [];
  }
}

/** Puts a node type before those that were added earlier. */
export function rememberType(type: string): void {
  const others = recentTypes().filter((other) => other !== type);
  try {
    localStorage.setItem(storageKey, JSON.stringify([type, ...others].slice(0, kept)));
  } catch {
    // A browser that keeps nothing for this page forgets this as well.
  }
}
