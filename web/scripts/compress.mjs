// Writes a .gz beside each built file that gains by it, so that the server never compresses at run time.
// Not a bundler: it changes no file. Pages and the launcher are left out, because the server fills in their settings.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const assets = fileURLToPath(new URL('../dist/assets', import.meta.url));
const compressible = /\.(js|css|svg|json|txt)$/;

for (const name of await readdir(assets)) {
  if (!compressible.test(name)) continue;
  const plain = await readFile(join(assets, name));
  const small = gzipSync(plain, { level: 9 });
  if (small.length < plain.length) await writeFile(join(assets, `${name}.gz`), small);
  console.log(`${String(small.length).padStart(8)} gzip  ${name}`);
}
