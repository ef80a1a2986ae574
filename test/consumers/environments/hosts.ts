// Frameworks and servers: where the library's files lie, and what is answered for those that do not.
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { servePage } from '../../browser/harness.ts'
import type { Environment } from './environment.ts'
import { refuses } from './looks.ts'

const next: Environment = {
  name: 'Next 16.4.6',
  layers: ['bundled', 'next'],
  packages: { next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1' },
  ways: [
    { name: 'dev', serve: (project) => project.serve('next', 'dev', '-p', 'PORT') },
    {
      name: 'build',
      async serve(project) {
        await project.tool('next', 'build')
        return project.serve('next', 'start', '-p', 'PORT')
      },
    },
    {
      name: 'static export with base path',
      async serve(project) {
        const site = join(project.folder, 'site')
        await cp(join(project.folder, 'next.static.mjs'), join(project.folder, 'next.config.mjs'))
        await project.tool('next', 'build')
        await cp(join(project.folder, 'out'), join(site, 'below'), { recursive: true })
        const served = await servePage(site)
        return { ...served, url: `${served.url}below/` }
      },
    },
  ],
}

const cdn: Environment = {
  name: 'CDN on another origin',
  layers: ['bundled', 'cdn'],
  packages: {},
  ways: [
    {
      name: 'import map',
      async serve({ folder }) {
        const other = await servePage(join(folder, 'node_modules/leaf-worklet/dist'))
        const site = join(folder, 'site')
        await mkdir(site, { recursive: true })
        const html = await readFile(join(folder, 'index.html'), 'utf8')
        await writeFile(join(site, 'index.html'), html.replaceAll('CDN/', other.url))
        await cp(join(folder, 'page.js'), join(site, 'page.js'))
        const served = await servePage(site)
        const close = async () => void (await Promise.all([served.close(), other.close()]))
        return { url: served.url, close }
      },
    },
  ],
}

/** Answers index.html for whatever is not there, as servers of single-page apps do. */
const singlePage: Environment = {
  name: 'SPA server',
  layers: ['bundled', 'plain-bundle'],
  packages: { esbuild: '0.28.2' },
  ways: [
    {
      name: 'without the copied files: says so',
      async serve({ folder, tool }) {
        const site = join(folder, 'dist')
        await tool('esbuild', 'main.js', '--bundle', '--format=esm', '--splitting', '--outdir=dist')
        for (const file of ['index.html', 'node_modules/leaf-worklet/dist/events.safetensors'])
          await cp(join(folder, file), join(site, file.replace(/.*\//, '')))
        return servePage(site)
      },
      look: (page) => refuses(page, /the server answers with a web page/),
    },
  ],
}

export const hosts: readonly Environment[] = [next, cdn, singlePage]
