import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const script = fileURLToPath(new URL('../../.config/start.mjs', import.meta.url))
const start = spawn(process.execPath, [script], { env: { ...process.env, PORT: '0' } })
let address = ''

beforeAll(async () => {
  for await (const line of createInterface(start.stdout)) {
    address = line.match(/Open (http:\S+)/)?.[1] ?? ''
    if (address) break
  }
})

afterAll(async () => {
  start.kill()
  await once(start, 'exit')
})

test('npm start serves the built page, isolated so that memory can be shared', async () => {
  const response = await fetch(address)
  expect(response.status).toBe(200)
  expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin')
  expect(response.headers.get('cross-origin-embedder-policy')).toBe('require-corp')
  const page = await response.text()
  const script = page.match(/<script type="module"[^>]* src="([^"]+\.js)"/)?.[1]
  expect(script, page).toBeDefined()
  expect((await fetch(new URL(script as string, address))).status).toBe(200)
})
