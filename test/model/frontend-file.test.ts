import { describe, expect, test } from 'vitest'
import { preset, presetNames } from '../../src/frontend/index.ts'
import { fileKind, readFrontend, readModel, writeFrontend, writeModel } from '../../src/model/index.ts'
import { presetOf } from '../frontend/filtered.ts'
import { type FileParts, putTogether, refusal, takeApart } from './file-parts.ts'
import { tinyModel } from './tiny-model.ts'

function spoilt(spoil: (parts: FileParts) => void): string {
  const parts = takeApart(writeFrontend(preset('leaf', { channels: 4 })))
  spoil(parts)
  const error = refusal(() => readFrontend(putTogether(parts.header, parts.data)))
  expect(error.code).toBe('model-file')
  return error.message
}

describe('a file of a frontend', () => {
  test.each(presetNames)('gives back %s, every number exact', (name) => {
    const frontend = presetOf(name, 5)
    const bytes = writeFrontend(frontend)
    expect(readFrontend(bytes)).toEqual(frontend)
    expect(writeFrontend(readFrontend(bytes))).toEqual(bytes)
    expect(fileKind(bytes)).toBe('frontend')
  })

  test('can be a whole model', () => {
    const model = tinyModel()
    expect(readFrontend(writeModel(model))).toEqual(model.frontend)
    expect(fileKind(writeModel(model))).toBe('model')
  })

  test('is no model, and says so', () => {
    const error = refusal(() => readModel(writeFrontend(preset('leaf'))))
    expect(error.code).toBe('model-file')
    expect(error.message).toBe(
      'The model file holds a frontend without a classifier. Read it with readFrontend, or give a model with a classifier.',
    )
  })

  test('of more channels than any frontend has is refused before arrays are made of them', () => {
    for (const shape of [[600_000], [600_000, 1]]) {
      const message = spoilt((parts) => {
        const begin = parts.data.length
        const data = new Uint8Array(begin + 8 * 600_000)
        data.set(parts.data)
        parts.data = data
        const entry = parts.header['frontend.filterbank.center'] as {
          shape: number[]
          data_offsets: number[]
        }
        parts.header['frontend.filterbank.spare'] = { ...entry, shape, data_offsets: [begin, data.length] }
      })
      expect(message).toContain('tensor "frontend.filterbank.spare" shape has 600000 channels, more than 512')
    }
  })

  test('is not written when it would be refused', () => {
    const leaf = preset('leaf')
    expect(refusal(() => writeFrontend({ ...leaf, energyFloor: -1 })).message).toMatch(/energyFloor/)
  })
})

describe('a spoilt file of a frontend', () => {
  test('cut off anywhere is refused', () => {
    const file = writeFrontend(preset('leaf', { channels: 4 }))
    for (let length = 0; length < file.length; length += 3)
      expect(refusal(() => readFrontend(file.subarray(0, length))).code).toBe('model-file')
  })

  test('is refused by the name of what is wrong', () => {
    expect(spoilt(({ header }) => Object.assign(header.__metadata__, { format: 'pt' }))).toMatch(
      /no model or frontend of this project.*importFrontend/,
    )
    expect(spoilt(({ header }) => Object.assign(header.__metadata__, { version: '2' }))).toMatch(/version/)
    expect(spoilt(({ header }) => Object.assign(header.__metadata__, { card: '{}' }))).toMatch(
      /__metadata__.card is unknown/,
    )
    expect(spoilt(({ header }) => delete header.__metadata__.frontend)).toMatch(/frontend is missing/)
    expect(spoilt(({ header }) => delete header['frontend.pooling.width'])).toMatch(/model file is not valid/)
    const empty = { dtype: 'F32', shape: [0], data_offsets: [0, 0] }
    expect(spoilt(({ header }) => Object.assign(header, { 'probe.input': empty }))).toMatch(
      /"probe.input" has no classifier to belong to/,
    )
  })
})
