// Makes api/schema.ts from api/openapi.json; with --check it changes nothing and fails when they differ.
// Not a client: only the shapes of the components are taken, for api/types.ts to name.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const description = new URL('../api/openapi.json', import.meta.url);
const schema = new URL('../api/schema.ts', import.meta.url);
const HEADER = `// The shapes of the API, generated from openapi.json by \`npm run contract\`. Not to be edited.\n\n`;

const document = { ...JSON.parse(await readFile(description, 'utf8')), paths: {} };
const fresh = HEADER + astToString(await openapiTS(document));

if (process.argv.includes('--check')) {
  const kept = await readFile(schema, 'utf8');
  if (kept !== fresh) {
    console.error('api/schema.ts is not what api/openapi.json describes: run `npm run contract`');
    process.exit(1);
  }
} else {
  await writeFile(schema, fresh);
}
