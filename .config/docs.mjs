// npm run docs: a page for each entry of the package into .cache/docs, from the docstrings of what is published. Fails
// where a class, function, type or method has none. TypeDoc and the compiler that it needs are installed apart, into
// .cache/typedoc: it does not run with the compiler of this project.
import { spawnSync } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './prepare.mjs'

const tools = ['typedoc@0.28.20', 'typedoc-plugin-markdown@4.14.1', 'typescript@5.9.3']
const home = join(root, '.cache/typedoc')
const out = join(root, '.cache/docs')

const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
const entries = Object.values(exports)
  .map(({ types }) => types)
  .filter((types) => types?.endsWith('/index.d.ts'))
  .map((types) => join(root, types))

run(process.execPath, ['.config/library.mjs'], root)
await mkdir(home, { recursive: true })
await writeFile(join(home, 'package.json'), JSON.stringify({ private: true }))
run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...tools], home)
const compilerOptions = {
  ...{ target: 'es2022', module: 'nodenext', lib: ['es2022', 'dom', 'dom.iterable', 'esnext'] },
  ...{ strict: true, skipLibCheck: true, types: [] },
}
await writeFile(join(home, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: entries }))
const documented = ['Class', 'Interface', 'Function', 'TypeAlias', 'Variable', 'Method']
await writeFile(
  join(home, 'typedoc.json'),
  JSON.stringify({
    ...{ entryPoints: entries, tsconfig: join(home, 'tsconfig.json'), out, readme: 'none' },
    ...{ plugin: ['typedoc-plugin-markdown'], outputFileStrategy: 'modules', disableSources: true },
    // What the browser calls, not the page.
    intentionallyNotDocumented: ['LeafSpectrogram', 'LeafFilters', 'LeafEvents', 'LeafMeter'].flatMap(
      (view) =>
        ['connected', 'disconnected', ...(view === 'LeafMeter' ? [] : ['attributeChanged'])].map(
          (what) => `view.${view}.${what}Callback`,
        ),
    ),
    ...{ excludeInternal: true, excludePrivate: true, excludeExternals: true },
    ...{ requiredToBeDocumented: documented, treatValidationWarningsAsErrors: true },
    validation: { notDocumented: true, notExported: false, invalidLink: true },
  }),
)
await rm(out, { recursive: true, force: true })
run(process.execPath, [join(home, 'node_modules/typedoc/bin/typedoc'), '--options', 'typedoc.json'], home)

/** @param {string} command @param {string[]} parameters @param {string} cwd */
function run(command, parameters, cwd) {
  const shell = process.platform === 'win32' && command === 'npm'
  const { status } = spawnSync(command, parameters, { cwd, stdio: 'inherit', shell })
  if (status !== 0) process.exit(status ?? 1)
}
