// Somebody else's project: an empty folder with the package installed from its tarball. What is tested is what would be
// published, so nothing here reaches into pkg/dist. The package itself must have been built: `cargo xtask pkg`.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const PACKAGE = fileURLToPath(new URL('../../pkg', import.meta.url));
const TYPESCRIPT = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));

/** Packs the package and installs it in a fresh project, which the test ends with `remove`. */
export async function freshProject() {
  const folder = await mkdtemp(join(tmpdir(), 'fiado-package-'));
  const tarball = await pack(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  // Offline, because the package depends on nothing: an installation that asks a registry for anything is a failure.
  await npm(folder, 'install', '--offline', '--no-audit', '--no-fund', tarball.path);
  return new Project(folder, tarball.files);
}

class Project {
  constructor(folder, files) {
    this.folder = folder;
    /** The paths of the files in the tarball, sorted. */
    this.files = files;
  }

  /** The package.json of the installed package. */
  async manifest() {
    return JSON.parse(await readFile(this.installed('package.json'), 'utf8'));
  }

  /** The path of a file of the installed package. */
  installed(file) {
    return join(this.folder, 'node_modules/fiado', file);
  }

  /** Runs a module of this text in Node and returns what it printed, read as JSON. */
  async run(text) {
    await writeFile(join(this.folder, 'main.js'), text);
    const { stdout } = await execute(process.execPath, ['main.js'], { cwd: this.folder });
    return JSON.parse(stdout);
  }

  /** Compiles a TypeScript module of this text, as strictly as can be, and returns what the compiler says: `''` is good. */
  async compile(text) {
    await writeFile(join(this.folder, 'main.ts'), text);
    const options = ['--strict', '--noEmit', '--target', 'es2022', '--module', 'nodenext'];
    try {
      await execute(process.execPath, [TYPESCRIPT, ...options, 'main.ts'], { cwd: this.folder });
      return '';
    } catch (failure) {
      return failure.stdout;
    }
  }

  /** Ends the project. */
  async remove() {
    await rm(this.folder, { recursive: true });
  }
}

async function pack(destination) {
  const [packed] = JSON.parse(await npm(PACKAGE, 'pack', '--json', '--pack-destination', destination));
  return { path: join(destination, packed.filename), files: packed.files.map((file) => file.path).sort() };
}

async function npm(folder, ...options) {
  const { stdout } = await execute('npm', options, { cwd: folder });
  return stdout;
}
