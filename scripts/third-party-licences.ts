import { execFileSync } from "node:child_process";

interface ListedPackage {
  readonly name: string;
  readonly versions: readonly string[];
  readonly license: string;
  readonly homepage?: string;
}

/** A table of every package that the command or its page use, with versions and licences. */
export function thirdPartyLicences(root: string): string {
  const args = ["--yes", "pnpm@12.21.0", "-r", "licenses", "list", "--prod", "--json"];
  const said = execFileSync("npx", args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 });
  const byLicence = JSON.parse(said) as Readonly<Record<string, readonly ListedPackage[]>>;
  const rows = Object.values(byLicence)
    .flat()
    .filter(({ name }) => !name.startsWith("@insightgraph/"))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, versions, license, homepage = "" }) =>
      ["", name, versions.join(", "), license, homepage, ""].join(" | ").trim(),
    );
  return `# Licences of the parts

InsightGraph itself is under the Apache License 2.0 ([LICENSE](LICENSE)); weights, pictures and word lists that ship are listed in [docs/data-licences.md](docs/data-licences.md).
These packages are installed with it, or are part of its page:

| package | version | licence | home |
|---|---|---|---|
${rows.join("\n")}
`;
}
