/** Source files of the repository: path from its root -> text. */
export type Sources = ReadonlyMap<string, string>;

/** Whether a file is a test or supports one. */
export function isTest(file: string): boolean {
  return /\.(test|test-d|contract|fixture)\.tsx?$/.test(file);
}

/** Whether a file holds code. */
export function isCode(file: string): boolean {
  return /\.(ts|tsx|mjs)$/.test(file);
}

/** Whether a file declares a node type. */
export function definesNode(text: string): boolean {
  return /= define(Node|Route)\(/.test(text);
}
