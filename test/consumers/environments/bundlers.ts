// Bundlers that take the library's files along, and those for which its own command copies them.
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { type ServedPage, servePage } from '../../browser/harness.ts'
import type { Environment } from './environment.ts'
import { refuses } from './looks.ts'
import type { Project } from './project.ts'

/** Vite moves packages in development (its optimizer), and not always the files beside them. */
const vite = (version: string): Environment => ({
  name: `Vite ${version}`,
  layers: ['bundled', 'vite'],
  packages: { vite: version },
  ways: [
    { name: 'dev', serve: (project) => project.serve('vite', '--port', 'PORT', '--strictPort') },
    {
      name: 'build',
      async serve(project) {
        await project.tool('vite', 'build')
        return servePage(join(project.folder, 'dist'))
      },
    },
  ],
})

const webpack: Environment = {
  name: 'webpack 5.113.0',
  layers: ['bundled', 'webpack'],
  packages: { webpack: '5.113.0', 'webpack-cli': '7.3.1' },
  ways: [
    {
      name: 'build',
      serve: (project) =>
        built(project, 'webpack', '--mode', 'production', '--entry', './main.js', '--output-path', 'dist'),
    },
  ],
}

const rspack: Environment = {
  name: 'Rspack 2.3.3',
  layers: ['bundled', 'rspack'],
  packages: { '@rspack/core': '2.3.3', '@rspack/cli': '2.2.8' },
  ways: [
    {
      name: 'build',
      serve: (project) =>
        built(
          project,
          'rspack',
          'build',
          '--mode',
          'production',
          '--entry',
          './main.js',
          '--output-path',
          'dist',
        ),
    },
  ],
}

const esbuild: Environment = {
  name: 'esbuild 0.28.2',
  layers: ['bundled', 'plain-bundle'],
  packages: { esbuild: '0.28.2' },
  ways: [
    {
      name: 'build and copy',
      serve: (project) => copied(project, ...esbuildTo('esm', 'main.js', '--splitting')),
    },
    {
      name: 'IIFE, with addresses',
      serve: (project) => script(project, '?given'),
    },
    {
      name: 'IIFE, without: says so',
      serve: (project) => script(project, ''),
      look: (page) => refuses(page, /no ES module.*workerUrl/),
    },
  ],
}

const rollup: Environment = {
  name: 'Rollup 4.68.8',
  layers: ['bundled', 'plain-bundle'],
  packages: { rollup: '4.68.8', '@rollup/plugin-node-resolve': '16.0.3' },
  ways: [
    {
      name: 'build and copy',
      serve: (project) =>
        copied(project, 'rollup', 'main.js', '-p', 'node-resolve', '-f', 'es', '-d', 'dist'),
    },
  ],
}

const parcel: Environment = {
  name: 'Parcel 2.16.4',
  layers: ['bundled', 'parcel'],
  packages: { parcel: '2.16.4' },
  // Without it Parcel knows a package's main entry only.
  manifest: { '@parcel/resolver-default': { packageExports: true } },
  ways: [
    {
      name: 'build',
      async serve(project) {
        await project.tool('parcel', 'build', 'index.html')
        return servePage(join(project.folder, 'dist'))
      },
    },
  ],
}

export const bundlers: readonly Environment[] = [
  vite('5.4.9'),
  vite('6.4.6'),
  vite('7.3.8'),
  vite('8.3.8'),
  webpack,
  rspack,
  esbuild,
  rollup,
  parcel,
]

function esbuildTo(format: string, entry: string, ...others: string[]): [string, ...string[]] {
  return ['esbuild', entry, '--bundle', `--format=${format}`, '--outdir=dist', ...others]
}

/** Built into `dist`, with the page beside. */
async function built(project: Project, tool: string, ...parameters: string[]): Promise<ServedPage> {
  await project.tool(tool, ...parameters)
  const dist = join(project.folder, 'dist')
  await cp(join(project.folder, 'index.html'), join(dist, 'index.html'))
  return servePage(dist)
}

/** The same, with the library's files and its model copied there by its own command. */
async function copied(project: Project, tool: string, ...parameters: string[]): Promise<ServedPage> {
  await project.tool('leaf-worklet', 'copy', 'dist', 'events')
  return built(project, tool, ...parameters)
}

async function script(project: Project, query: string): Promise<ServedPage> {
  const served = await copied(project, ...esbuildTo('iife', 'main=script.js'))
  return { ...served, url: `${served.url}${query}` }
}
