import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LeafError } from '../../src/error.ts'
import { fetchModel, readModel, writeModel } from '../../src/model/index.ts'
import { tinyModel } from './tiny-model.ts'

let server: Server
let address: string

beforeAll(async () => {
  server = createServer(({ url }, response) => {
    if (url === '/model') response.end(writeModel(tinyModel()))
    else if (url === '/endless') sendForEver()
    else if (url === '/page') response.end('<!doctype html><title>App</title>')
    else if (url === '/pointer') response.end('version https://git-lfs.github.com/spec/v1\noid sha256:5\n')
    else if (url === '/error') response.end('{"error":"Not authorised"}')
    else if (url === '/stalled') response.writeHead(200, { 'content-length': 5000 }).write('some')
    else if (url === '/cut') {
      response.writeHead(200, { 'content-length': 5000 }).write('some bytes')
      setTimeout(() => response.destroy(), 50)
    } else response.writeHead(404).end()

    function sendForEver(): void {
      const piece = Buffer.alloc(1024 * 1024)
      const more = (): void => {
        while (response.write(piece) && !response.destroyed);
      }
      response.on('drain', more)
      more()
    }
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('fetches the bytes of a model file', async () => {
  expect(readModel(await fetchModel(new URL('/model', address)))).toEqual(tinyModel())
})

test.each([
  ['/nothing', /gives HTTP status 404/],
  ['/endless', /is longer than 67108864 bytes/],
  ['/page', /is a web page/],
  ['/pointer', /is a Git LFS pointer/],
  ['/error', /is JSON of an error: "Not authorised"/],
  ['/cut', /was cut off after 10 bytes/],
])('%s is refused by its address', async (path, message) => {
  const error: LeafError = await fetchModel(address + path).then(
    () => expect.unreachable(),
    (reason) => reason,
  )
  expect(error).toBeInstanceOf(LeafError)
  expect(error.code).toBe('model-file')
  expect(error.message).toContain(address + path)
  expect(error.message).toMatch(message)
})

test('a server that is not there is told of', async () => {
  await expect(fetchModel('http://127.0.0.1:1/model')).rejects.toThrow(
    'The model file http://127.0.0.1:1/model cannot be fetched.',
  )
})

test('a download that stops coming is given up, and so is one that is told to', async () => {
  await expect(fetchModel(`${address}/stalled`, { stallSeconds: 0.2 })).rejects.toThrow(
    `The model file ${address}/stalled stopped coming for 0.2 s.`,
  )
  const reason = new Error('another model was chosen')
  const control = new AbortController()
  setTimeout(() => control.abort(reason), 50)
  await expect(fetchModel(`${address}/stalled`, { signal: control.signal })).rejects.toBe(reason)
})

test('the limit is the one that is given', async () => {
  await expect(fetchModel(`${address}/model`, { maxBytes: 100 })).rejects.toThrow(/is longer than 100 bytes/)
})
