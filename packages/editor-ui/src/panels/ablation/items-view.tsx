import { type ReactNode, useEffect, useRef, useState } from "react";
import {
  type AblationItem,
  type AblationSummary,
  type ItemQuery,
  pictureUrl,
  readItems,
} from "../../connection/ablations-client.ts";
import { describeThrown } from "../../connection/issue-words.ts";
import { words } from "../../messages/messages.ts";
import { showScore } from "./score-table.tsx";

/** A number of the table: a variant's metric, and the variant that it is compared with. */
export type ShownNumber = ItemQuery;

interface ItemsViewProps {
  readonly ablation: AblationSummary;
  readonly shown: ShownNumber;
  show(shown: ShownNumber): void;
}

/** The pictures behind a number, those first on which two variants differ most; either can be exchanged. */
export function ItemsView({ ablation, shown, show }: ItemsViewProps): ReactNode {
  const { variant, against, metric } = shown;
  const { id, done } = ablation;
  const [items, setItems] = useState<readonly AblationItem[]>();
  const [fault, setFault] = useState<string>();
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew as results come in
  useEffect(() => {
    let isCurrent = true;
    const query = { variant, metric, ...(against !== undefined && { against }) };
    readItems(id, query).then(
      (found) => isCurrent && setItems(found),
      (thrown: unknown) => isCurrent && setFault(describeThrown(thrown)),
    );
    return () => {
      isCurrent = false;
    };
  }, [id, variant, against, metric, done]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another number is another place to read
  useEffect(() => heading.current?.focus(), [variant, metric]);
  return (
    <section className="items-view" aria-label={words.itemsOf(variant, metric)}>
      <h3 ref={heading} tabIndex={-1} className="ablation-heading">
        {against === undefined
          ? words.itemsOf(variant, metric)
          : words.itemsAgainst(variant, against, metric)}
      </h3>
      <label className="ablation-field">
        {words.compareWith}
        <select
          className="field field-choice"
          value={against ?? ""}
          onChange={({ target }) => {
            const other = target.value;
            show({ variant, metric, ...(other !== "" && { against: other }) });
          }}
        >
          <option value="">–</option>
          {ablation.variants
            .filter((other) => other !== variant)
            .map((other) => (
              <option key={other} value={other}>
                {other}
              </option>
            ))}
        </select>
      </label>
      {fault !== undefined && (
        <p className="param-fault" role="alert">
          {fault}
        </p>
      )}
      {items?.length === 0 && <p className="quiet">{words.noItems}</p>}
      {items?.map((item) => (
        <ItemRow key={item.key} id={id} item={item} />
      ))}
    </section>
  );
}

/** One item: what it was given once, then what each variant made of it, with its score. */
function ItemRow({ id, item }: { readonly id: string; readonly item: AblationItem }): ReactNode {
  const names = [...new Set(item.variants.flatMap(({ pictures }) => Object.keys(pictures)))];
  const [first] = item.variants;
  const isGiven = (name: string) => name === "source" || name === "target" || name === "mask";
  return (
    <section className="item-row" aria-label={item.key}>
      <h4>{item.key}</h4>
      <div className="item-pictures">
        {names.filter(isGiven).map((name) => (
          <ItemPicture key={name} id={id} file={first?.pictures[name]} label={name} of={item.key} />
        ))}
        {item.variants.map(({ variant, score, failure, pictures }) =>
          failure === undefined ? (
            names
              .filter((name) => !isGiven(name))
              .map((name) => (
                <ItemPicture
                  key={`${variant} ${name}`}
                  id={id}
                  file={pictures[name]}
                  label={`${variant}: ${showScore(score)}`}
                  of={item.key}
                />
              ))
          ) : (
            <p key={variant} className="param-fault">
              {`${variant} ${words.itemFailed(failure)}`}
            </p>
          ),
        )}
      </div>
      {names.length === 0 && (
        <p className="quiet">
          {item.variants.map(({ variant, score }) => `${variant}: ${showScore(score)}`).join(" · ")}
        </p>
      )}
    </section>
  );
}

interface ItemPictureProps {
  readonly id: string;
  readonly file: string | undefined;
  readonly label: string;
  readonly of: string;
}

function ItemPicture({ id, file, label, of }: ItemPictureProps): ReactNode {
  if (file === undefined) return null;
  return (
    <figure className="item-picture">
      <img src={pictureUrl(id, file)} alt={`${of}, ${label}`} loading="lazy" />
      <figcaption>{label}</figcaption>
    </figure>
  );
}
