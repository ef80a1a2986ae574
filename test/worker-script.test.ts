import { expect, test } from 'vitest'
import { besideLibrary } from '../src/worker-script.ts'

const FILE = 'classifier.worker.js'

test('a file that the optimizer of Vite left behind is looked for in the package', () => {
  const places = [
    ['http://localhost:5173/node_modules/.vite/deps/', 'http://localhost:5173/'],
    ['http://localhost:5173/below/node_modules/.vite/deps/', 'http://localhost:5173/below/'],
    ['http://localhost:5173/node_modules/.vite/deps_temp_1a2b/', 'http://localhost:5173/'],
    ['http://localhost:3000/_nuxt/node_modules/.cache/vite/client/deps/', 'http://localhost:3000/_nuxt/'],
    ['http://localhost:5173/.vite/deps/', 'http://localhost:5173/'],
    [
      'http://localhost:5173/@fs/home/me/app/node_modules/.vite/deps/',
      'http://localhost:5173/@fs/home/me/app/',
    ],
  ]
  for (const [from, root] of places)
    expect(besideLibrary(`${from}${FILE}`)).toBe(`${root}node_modules/leaf-worklet/dist/${FILE}`)
})

test('a file anywhere else stays where it is', () => {
  const addresses = [
    `http://localhost:5173/node_modules/leaf-worklet/dist/${FILE}`,
    'https://example.com/assets/classifier.worker-B1c2.js',
    `https://example.com/deps/${FILE}`,
    'blob:https://example.com/4a8b',
    `file:///opt/app/${FILE}`,
  ]
  for (const address of addresses) expect(besideLibrary(address)).toBe(address)
})
