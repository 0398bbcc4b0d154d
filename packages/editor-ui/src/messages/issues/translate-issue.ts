/** What errors say in another language, by their English text; `{}` stands for a value, `{2}` for the second one. */
export type IssueTexts = Readonly<Record<string, string>>;

interface Template {
  readonly pattern: RegExp;
  readonly translation: string;
  /** How much of the English text is letters: what is told apart by more of them is tried first. */
  readonly letters: number;
  /** By hole: whether it stands in quotes, where names are. */
  readonly isQuoted: readonly boolean[];
}

/** A template with fewer letters fits much that is none of ours. */
const fewLetters = 8;
/** Characters of the longest text that is recognized: longer ones are a library's. */
const maxLength = 2000;

const keyOf = (text: string): string => text.trim().replace(/\.$/, "");

function toTemplate([english, translation]: readonly [string, string]): Template {
  const parts = english.split("{}");
  const source = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("(.*?)");
  return {
    pattern: new RegExp(`^${source}$`, "s"),
    translation,
    letters: english.replace(/\P{L}/gu, "").length,
    isQuoted: parts.slice(0, -1).map((part) => part.endsWith('"')),
  };
}

function fill(translation: string, values: readonly string[]): string {
  let next = 0;
  return translation.replace(/\{(\d*)\}/g, (_hole, at: string) => {
    next += 1;
    return values[(at === "" ? next : Number(at)) - 1] ?? "";
  });
}

/**
 * Creates the translation of what errors say: the text is recognized by its template, and its values go into the
 * template's translation. Values that are such texts themselves are translated too, names in quotes never.
 * @returns a function that gives undefined for a text that it does not know
 */
export function createIssueTranslator(texts: IssueTexts): (text: string) => string | undefined {
  const whole = new Map(Object.entries(texts));
  const templates = [...whole]
    .filter(([english]) => english.includes("{}"))
    .map(toTemplate)
    .sort((a, b) => b.letters - a.letters);
  const translate = (text: string, isPart: boolean): string | undefined => {
    const key = keyOf(text);
    const exact = whole.get(key);
    if (exact !== undefined) return exact;
    for (const { pattern, translation, letters, isQuoted } of templates) {
      const found = pattern.exec(key)?.slice(1);
      if (found === undefined) continue;
      const values = found.map((value, at) =>
        isQuoted[at] === true ? undefined : translate(value, true),
      );
      const isOurs = isPart || letters >= fewLetters || values.some((one) => one !== undefined);
      if (isOurs)
        return fill(
          translation,
          values.map((value, at) => value ?? found[at] ?? ""),
        );
    }
    return undefined;
  };
  return (text) => (text.length > maxLength ? undefined : translate(text, false));
}
