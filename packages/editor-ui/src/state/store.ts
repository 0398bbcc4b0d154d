import { useSyncExternalStore } from "react";

/** A value that others may read and follow. */
export interface ReadableStore<State> {
  get(): State;
  /** @returns how to unsubscribe */
  subscribe(listener: () => void): () => void;
}

/** A value that changes as a whole and notifies its subscribers. */
export interface Store<State> extends ReadableStore<State> {
  set(update: (state: State) => State): void;
}

/** A store that holds `initial`; an update that returns the same value notifies nobody. */
export function createStore<State>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(update) {
      const next = update(state);
      if (next === state) return;
      state = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A part of a store's value; `select` must return the same object while nothing changed. */
export function useStore<State, Part>(
  store: ReadableStore<State>,
  select: (state: State) => Part,
): Part {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
