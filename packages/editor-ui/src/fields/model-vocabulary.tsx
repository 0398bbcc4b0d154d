import { type ReactNode, useEffect, useState } from "react";
import { vocabularyOf } from "../connection/models-client.ts";
import { words } from "../messages/messages.ts";

/** The words that a model knows, where it reads whole words of a fixed list. */
export function ModelVocabulary({ name }: { readonly name: string }): ReactNode {
  const [known, setKnown] = useState<{
    readonly name: string;
    readonly words: readonly string[];
  }>();
  useEffect(() => {
    let isWanted = true;
    // Without a server there is none to show; the page says elsewhere that it is away.
    vocabularyOf(name).then(
      (found) => isWanted && setKnown({ name, words: found }),
      () => {},
    );
    return () => {
      isWanted = false;
    };
  }, [name]);
  if (known?.name !== name || known.words.length === 0) return null;
  return (
    <details className="vocabulary">
      <summary>{words.vocabulary(known.words.length)}</summary>
      <p className="quiet">{words.vocabularyHint}</p>
      <p className="vocabulary-words" lang="en">
        {known.words.join(" · ")}
      </p>
    </details>
  );
}
