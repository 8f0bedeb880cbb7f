// graphql-codegen's client preset under `tsc --strict`: what fits compiles and runs, what does not is told.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { preset } from "@graphql-codegen/client-preset";
import { codegen } from "@graphql-codegen/core";
import { buildSchema, parse } from "graphql";
import { scene } from "./server.mjs";

const folder = join(scene.folder, "codegen");
cpSync("codegen", folder, { recursive: true });
symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));

const sdl = readFileSync("../../graphql_schema/schema.graphql", "utf8");
const program = readFileSync("codegen/program.ts", "utf8");
const documents = [...program.matchAll(/graphql\(`([^`]*)`\)/g)].map(([, text]) => ({
  location: "program.ts", rawSDL: text, document: parse(text),
}));
const outputs = await preset.buildGeneratesSection({
  baseOutputDir: `${folder}/gql/`,
  config: {
    documentMode: "string",
    emitLegacyCommonJSImports: false,
    enumsAsTypes: true,
    scalars: { Date: "string", DateTime: "string", JSON: "unknown", Time: "string", Upload: "File" },
    strictScalars: true,
    useTypeImports: true,
  },
  presetConfig: {},
  documents,
  schema: parse(sdl),
  schemaAst: buildSchema(sdl),
  plugins: [],
  pluginMap: {},
});
for (const output of outputs) {
  mkdirSync(dirname(output.filename), { recursive: true });
  writeFileSync(output.filename, await codegen(output));
}

const compiled = spawnSync(process.execPath, [
  resolve("node_modules/typescript/bin/tsc"), "--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes",
  "--target", "es2022", "--module", "nodenext", "--types", "node", "--skipLibCheck", "--outDir", "out", "program.ts", "wrong.ts",
], { cwd: folder, encoding: "utf8" });
const [first, second, third, ...others] = compiled.stdout.trim().split("\n");
assert.match(first, /^wrong\.ts.* TS2322: Type 'string' is not assignable to type 'number'/);
assert.match(second, /^wrong\.ts.* TS2339: Property 'headline' does not exist on type/);
assert.match(third, /^wrong\.ts.* TS18049: 'rooms\.viewer' is possibly 'null' or 'undefined'/);
assert.deepEqual(others, []); // nor any in program.ts

const answer = JSON.parse(execFileSync(process.execPath, [join(folder, "out/program.js")], { encoding: "utf8" }));
assert.deepEqual(answer, { login: scene.login, title: "Rivers", state: "OPEN", posted: "News of Rivers" });
console.log("graphql-codegen: typed documents, strict");
process.exit(0);
