// Frameworks and servers: where the library's files lie, and what is answered for those that do not.
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { _electron } from 'playwright'
import { servePage } from '../../browser/harness.ts'
import { hears, tells } from '../apps.ts'
import type { Environment } from './environment.ts'
import { refuses, works } from './looks.ts'
import type { Project } from './project.ts'

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

/** A page beside its files, with no server. */
async function ofFiles({ folder, tool }: Project): Promise<string> {
  const site = join(folder, 'dist')
  await tool('leaf-worklet', 'copy', 'dist', 'events')
  await tool('esbuild', 'main.js', '--bundle', '--format=esm', '--splitting', '--outdir=dist')
  await cp(join(folder, 'index.html'), join(site, 'index.html'))
  return pathToFileURL(join(site, 'index.html')).href
}

const files: Environment = {
  name: 'Files without a server',
  layers: ['bundled', 'plain-bundle', 'electron'],
  packages: { esbuild: '0.28.2' },
  // Its program comes from elsewhere than the registry, which not every machine reaches.
  manifest: { optionalDependencies: { electron: '45.5.0' } },
  ways: [
    {
      name: 'file: in Chromium that may read files',
      flags: ['--allow-file-access-from-files'],
      serve: async (project) => ({ url: await ofFiles(project), close: async () => {} }),
    },
    {
      name: 'file: in Electron',
      async run(project, microphone) {
        const executablePath = join(project.folder, 'node_modules/electron/dist/electron')
        if (!existsSync(executablePath)) return "Electron's program could not be downloaded here"
        const app = await _electron.launch({
          executablePath,
          cwd: project.folder,
          args: [
            '.',
            '--no-sandbox',
            '--use-fake-device-for-media-stream',
            `--use-file-for-fake-audio-capture=${microphone}%noloop`,
          ],
          env: { ...process.env, PAGE: await ofFiles(project) } as Record<string, string>,
        })
        try {
          const page = await app.firstWindow()
          await page.getByRole('button').first().click()
          await works(page)
        } finally {
          await app.close()
        }
        return undefined
      },
    },
  ],
}

const plain: Environment = {
  name: 'Plain page',
  layers: ['teaching'],
  packages: {},
  ways: [
    {
      name: 'teaches sounds of its own and hears them',
      serve: ({ folder }) => servePage(folder),
      async look(page) {
        await page.getByText('silence, whistle, hum').waitFor()
        await page.getByRole('listitem').filter({ hasText: 'whistle' }).waitFor()
      },
    },
  ],
}

/** A page that has this library passes its contexts. */
const standardized: Environment = {
  name: 'standardized-audio-context 25.3.77',
  layers: ['standardized'],
  packages: { vite: '8.3.8', 'standardized-audio-context': '25.3.77' },
  ways: [
    {
      name: 'build',
      async serve({ folder, tool }) {
        await tool('vite', 'build')
        return servePage(join(folder, 'dist'))
      },
      async look(page) {
        await hears(page)
        await tells(page, 'port')
      },
    },
  ],
}

export const hosts: readonly Environment[] = [next, cdn, plain, standardized, singlePage, files]
