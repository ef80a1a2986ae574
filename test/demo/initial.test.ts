import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { initialOf } from '../../demo/common/initial.ts'
import {
  between,
  parametersOf,
  preset,
  presetNames,
  startOf,
  withParameters,
} from '../../src/frontend/index.ts'
import { importFrontend, readFrontend } from '../../src/model/index.ts'

const models = fileURLToPath(new URL('../../demo/public/models/', import.meta.url))
const folder = fileURLToPath(new URL('../golden/checkpoints/', import.meta.url))

describe('the beginning of a learned frontend', () => {
  it.each(presetNames)('is the preset for %s', (name) => {
    const frontend = preset(name)
    expect(JSON.stringify(initialOf(frontend))).toBe(JSON.stringify(frontend))
  })

  it.each([
    ['events', startOf('leaf-mixed')],
    ['keywords', startOf('leaf-mixed')],
    ['tasks', startOf('leaf-mixed')],
  ] as const)('is where the LEAF of the %s model started', async (name, start) => {
    const learned = readFrontend(await readFile(`${models}${name}.safetensors`))
    expect(initialOf(learned)).toEqual(start)
  })

  it('is the mixed start at any rate', () => {
    const slow = startOf('leaf-mixed', { sampleRate: 12000 })
    const learned = withParameters(slow, (part) =>
      parametersOf(slow, part).map(({ values, steps }) => values.map((value, i) => value + 0.01 * steps[i])),
    )
    expect(learned).not.toEqual(slow)
    expect(initialOf(learned)).toEqual(slow)
  })

  it.each(['leaf-pytorch', 'speechbrain', 'denfed', 'efficientleaf'])(
    'goes with weights of %s',
    async (name) => {
      const { frontend } = importFrontend(await readFile(`${folder}${name}.safetensors`))
      const initial = initialOf(frontend)
      const { channels, sampleRate } = frontend
      const { filterbank } = preset('leaf', { channels, sampleRate })
      expect(initial.filterbank).toEqual(filterbank)
      expect(initial.alignment).toEqual(frontend.alignment)
      expect(between(initial, frontend, 0)).toEqual(initial)
      expect(between(initial, frontend, 1)).toEqual(frontend)
    },
  )
})
