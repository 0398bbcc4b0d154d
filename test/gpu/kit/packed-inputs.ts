/** What the steps read besides the command: the project's path -> where a step looks for it. */
export const packedInputs: Readonly<Record<string, string>> = {
  graphs: "graphs",
  "test/fixtures/parity": "packages/app/fixtures/parity",
  "test/fixtures/checkpoints/tiny-instruct-pix2pix/tokenizer": "packages/app/tokenizer",
  "test/parity/formula_weights.py": "packages/app/parity/formula_weights.py",
  "test/parity/insightedit_twin.py": "packages/app/parity/insightedit_twin.py",
  "test/bench/training-torch.py": "packages/app/prove/training-torch.py",
};
