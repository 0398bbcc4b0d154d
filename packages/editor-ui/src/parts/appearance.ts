/** How the page looks, beside what the system asks for. */
export interface Appearance {
  readonly theme: "system" | "dark" | "light";
  readonly motion: "system" | "reduced";
}

const storageKey = "insightgraph.appearance";

/** What a person chose. */
export function readAppearance(): Appearance {
  const { theme, motion } = parse(localStorage.getItem(storageKey));
  return {
    theme: theme === "dark" || theme === "light" ? theme : "system",
    motion: motion === "reduced" ? motion : "system",
  };
}

/** Keeps a choice, and shows it. */
export function chooseAppearance(appearance: Appearance): void {
  localStorage.setItem(storageKey, JSON.stringify(appearance));
  showAppearance(appearance);
}

/** Tells the style sheets. */
export function showAppearance({ theme, motion }: Appearance): void {
  document.documentElement.dataset["theme"] = theme;
  document.documentElement.dataset["motion"] = motion;
}

function parse(text: string | null): { readonly theme?: unknown; readonly motion?: unknown } {
  try {
    return Object(JSON.parse(text ?? "{}"));
  } catch {
    return {};
  }
}
