import { useCallback, useEffect, useRef, useState } from "react";
import {
  type DatasetRecord,
  listRecords,
  type RecordQuery,
} from "../../connection/datasets-client.ts";

/** The records that a query finds, of which those that are looked at are on this page. */
export interface FoundRecords {
  /** Undefined before the server has answered. */
  readonly total: number | undefined;
  /** Undefined where it has not come yet. */
  at(place: number): DatasetRecord | undefined;
  /** Says which places are looked at. */
  want(first: number, end: number): void;
}

const pageSize = 60;

interface Pages {
  /** Of which data set and query they are. */
  readonly name: string;
  readonly total: number | undefined;
  readonly byNumber: ReadonlyMap<number, readonly DatasetRecord[]>;
}

const none: Pages = { name: "", total: undefined, byNumber: new Map() };

/** Lists records page by page, and again whenever the data set changes; until then the earlier ones are shown. */
export function useRecords(path: string, query: RecordQuery, version: string): FoundRecords {
  const name = `${path}\n${JSON.stringify(query)}`;
  const [pages, setPages] = useState<Pages>(none);
  const [wanted, setWanted] = useState({ first: 0, last: 0 });
  const asked = useRef({ of: "", numbers: new Set<number>() });
  const { first, last } = wanted;
  useEffect(() => {
    if (version === "") return;
    const of = `${name}\n${version}`;
    if (asked.current.of !== of) asked.current = { of, numbers: new Set() };
    const { numbers } = asked.current;
    const [, queryText = "{}"] = name.split("\n");
    for (let number = first; number <= last; number++) {
      if (numbers.has(number)) continue;
      numbers.add(number);
      const page = { offset: number * pageSize, limit: pageSize };
      listRecords(path, JSON.parse(queryText) as RecordQuery, page).then(
        ({ total, records }) =>
          asked.current.of === of &&
          setPages((before) => {
            const kept = before.name === name ? before.byNumber : [];
            return { name, total, byNumber: new Map([...kept, [number, records]]) };
          }),
        // The data set itself says what is wrong; it is asked again by the next version.
        () => numbers.delete(number),
      );
    }
  }, [path, name, version, first, last]);
  const want = useCallback((from: number, end: number) => {
    const next = {
      first: Math.floor(from / pageSize),
      last: Math.floor(Math.max(0, end - 1) / pageSize),
    };
    setWanted((before) =>
      before.first === next.first && before.last === next.last ? before : next,
    );
  }, []);
  return {
    total: pages.name === name ? pages.total : undefined,
    at: (place) => pages.byNumber.get(Math.floor(place / pageSize))?.[place % pageSize],
    want,
  };
}
