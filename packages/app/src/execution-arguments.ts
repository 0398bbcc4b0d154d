/** Tells the execution process to leave kept results alone. */
export const NO_CACHE = "--no-cache";
