// Compiles each schema named on the command line as strictly as ajv can, and prints what it objects to, by path.
// Keywords that begin with x- are this project's own; those named in QUNJU_KEYWORDS are known to editors.
"use strict";

const { readFileSync } = require("node:fs");
const { default: Ajv } = require("ajv/dist/2020");

function* keywords(schema) {
  if (Array.isArray(schema)) {
    for (const item of schema) yield* keywords(item);
  } else if (schema && typeof schema === "object") {
    for (const [key, value] of Object.entries(schema)) {
      yield key;
      yield* keywords(value);
    }
  }
}

function objection(path) {
  const schema = JSON.parse(readFileSync(path, "utf8"));
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    strictTypes: true,
    strictTuples: true,
    strictRequired: true,
    formats: { date: true },
  });
  const own = [...keywords(schema)].filter((key) => key.startsWith("x-"));
  const editors = (process.env.QUNJU_KEYWORDS || "").split(" ").filter(Boolean);
  ajv.addVocabulary([...new Set([...own, ...editors])]);
  try {
    ajv.compile(schema);
    return null;
  } catch (error) {
    return String(error.message);
  }
}

const found = process.argv.slice(2).map((path) => [path, objection(path)]);
process.stdout.write(JSON.stringify(Object.fromEntries(found.filter(([, problem]) => problem))));
