// npm start: installs what is missing, builds the page and serves it. PORT chooses another port than 4173.
import { join } from 'node:path'
import { prepare, root } from './prepare.mjs'

await prepare()
const { build, preview } = await import('vite')

const page = join(root, 'demo')
await build({ root: page, logLevel: 'error' })
const server = await preview({ root: page, preview: { port: Number(process.env.PORT ?? 4173) } })
console.log(`\nOpen ${server.resolvedUrls?.local[0]} in a browser (Ctrl-C stops).`)
