// The licences of the packages that ended up inside the published files.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './prepare.mjs'

/**
 * @param {Iterable<string>} modules the ids of all modules bundled
 * @returns {Promise<string>} name, version, licence and licence text of every package bundled, in order of name
 */
export async function collectLicenses(modules) {
  const names = new Set([...modules].map(packageName).filter((name) => name !== undefined))
  const texts = await Promise.all([...names].sort().map(describe))
  return texts.join(`\n${'-'.repeat(78)}\n\n`)
}

/** The ids of the modules of a build. @param {import('rolldown').RolldownOutput} build */
export function modulesOf({ output }) {
  return output.flatMap((file) => ('moduleIds' in file ? file.moduleIds : []))
}

/** @param {string} moduleId */
function packageName(moduleId) {
  const path = moduleId.replaceAll('\\', '/').split('/node_modules/').at(-1)
  if (path === undefined || path === moduleId) return undefined
  return path.split('/', path.startsWith('@') ? 2 : 1).join('/')
}

/** @param {string} name */
async function describe(name) {
  const folder = join(root, 'node_modules', name)
  const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry))
  const heading = `${name} ${version} (${license}), https://www.npmjs.com/package/${name}`
  if (!file) return `${heading}\n\nIts text: https://spdx.org/licenses/${license}.html\n`
  return `${heading}\n\n${await readFile(join(folder, file), 'utf8')}`
}
