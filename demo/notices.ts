import type { Plugin, Rolldown } from 'vite'
import { collectLicenses } from '../.config/licenses.mjs'
import { serviceWorkerModules } from './offline/node.ts'

/** Modules of the page and of its workers, which are builds of their own and done before the page's. */
const modules = new Set<string>()

/** Notes what a worker is made of. */
export const workerNotices: Plugin = {
  name: 'worker-notices',
  apply: 'build',
  generateBundle: (_, bundle) => note(bundle),
}

/** Writes the licences of all packages in the page, its workers and its service worker beside them. */
export const notices: Plugin = {
  name: 'notices',
  apply: 'build',
  async generateBundle(_, bundle) {
    note(bundle)
    const source = await collectLicenses([...modules, ...(await serviceWorkerModules())])
    this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-LICENSES.txt', source })
  },
}

function note(bundle: Rolldown.OutputBundle): void {
  for (const file of Object.values(bundle))
    if (file.type === 'chunk') for (const id of file.moduleIds) modules.add(id)
}
