import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Model, writeModel } from '../../src/model/index.ts'
import { floatWav } from '../audio-file/wav-bytes.ts'
import { headedLoudModel, loudModel } from './loud-model.ts'
import { runCli } from './run-cli.ts'

const RATE = 44100

let folder: string
let modelFile: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leaf-detect-'))
  modelFile = await modelAt('loud.safetensors', loudModel())
})
afterAll(() => rm(folder, { recursive: true }))

async function modelAt(name: string, model: Model): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, writeModel(model))
  return path
}

/** Faint noise that is loud between the given seconds. */
async function burstFile(seconds: number, ...bursts: [from: number, to: number][]): Promise<string> {
  let state = 3
  const samples = Float32Array.from({ length: seconds * RATE }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    const loud = bursts.some(([from, to]) => i >= from * RATE && i < to * RATE)
    return (loud ? 0.3 : 0.001) * (state / 2 ** 31)
  })
  const path = join(folder, 'bursts.wav')
  await writeFile(path, floatWav(samples, RATE))
  return path
}

interface Line {
  head?: string
  label: string
  start: number
  end: number
  confidence: number
}

async function detect(file: string): Promise<Line[]> {
  const { code, stdout, stderr } = await runCli('detect', file, '--model', modelFile)
  expect(code, stderr).toBe(0)
  const lines = stdout.split('\n').slice(0, -1)
  expect(stderr).toMatch(new RegExp(`× real time: ${lines.length} events by loud on wasm\\n$`))
  return lines.map((line) => JSON.parse(line))
}

describe('detect', () => {
  it('prints an event a line with its times', async () => {
    const events = await detect(await burstFile(5, [1, 1.6], [3, 3.5]))
    expect(events.map(({ label }) => label)).toEqual(['loud', 'loud'])
    const expected = [
      [1, 1.6],
      [3, 3.5],
    ]
    events.forEach(({ start, end, confidence }, i) => {
      expect(Math.abs(start - expected[i][0])).toBeLessThan(0.06)
      expect(Math.abs(end - expected[i][1])).toBeLessThan(0.06)
      expect(confidence).toBeGreaterThan(0.5)
      expect(confidence).toBeLessThanOrEqual(1)
    })
    expect(Object.keys(events[0])).toEqual(['label', 'start', 'end', 'confidence'])
  })

  it('sees an event in a file shorter than a window, and keeps it within the file', async () => {
    const [event, ...others] = await detect(await burstFile(0.15, [0, 0.15]))
    expect(others).toEqual([])
    expect(event.start).toBe(0)
    expect(event.end).toBe(0.15)
  })

  it('sees events at both ends of a file', async () => {
    const events = await detect(await burstFile(3, [0, 0.5], [2.5, 3]))
    expect(events).toHaveLength(2)
    expect(events[0].start).toBe(0)
    expect(events[1].end).toBe(3)
  })

  it('prints nothing where nothing happens', async () => {
    expect(await detect(await burstFile(2))).toEqual([])
  })

  it('does not depend on how long the file is read in one go', async () => {
    const short = await detect(await burstFile(4, [1, 1.5]))
    const long = await detect(await burstFile(60, [1, 1.5]))
    expect(short).toHaveLength(1)
    expect(long).toEqual(short)
  })
})

describe('detect with a model of several heads', () => {
  let headed: string
  beforeAll(async () => {
    headed = await modelAt('headed.safetensors', headedLoudModel())
  })

  it('says the head of every event', async () => {
    const { stdout, stderr } = await runCli('detect', await burstFile(3, [1, 1.6]), '--model', headed)
    expect(stderr).toMatch(/4 events by loud/)
    const events: Line[] = stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line))
    expect(events.map(({ head, label }) => `${head} ${label}`).sort()).toEqual([
      'level loud',
      'level quiet',
      'level quiet',
      'stubborn loud',
    ])
    expect(Object.keys(events[0])).toEqual(['head', 'label', 'start', 'end', 'confidence'])
    const [whole] = events.filter(({ head }) => head === 'stubborn')
    expect(whole).toMatchObject({ start: 0, end: 3, confidence: 0.953 })
  })

  it('hears only those that are asked for', async () => {
    const file = await burstFile(3, [1, 1.6])
    const { stdout } = await runCli('detect', file, '--model', headed, '--heads', 'stubborn')
    expect(
      stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line).head),
    ).toEqual(['stubborn'])
  })

  it('keeps an event that begins by its onset offset beyond the end of the file', async () => {
    const model = headedLoudModel()
    const labels = model.decoding.labels.map((label) => ({ ...label, onsetOffsetSeconds: 0.1 }))
    const late = await modelAt('late.safetensors', { ...model, decoding: { ...model.decoding, labels } })
    const file = await burstFile(3, [0, 2.91])
    const quiet = async (of: string) => {
      const { stdout } = await runCli('detect', file, '--model', of, '--heads', 'level')
      const events: Line[] = stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line))
      return events.filter(({ label }) => label === 'quiet')
    }
    const [plain] = await quiet(headed)
    expect(plain.start).toBeGreaterThan(2.9)
    const [event, ...others] = await quiet(late)
    expect(others).toEqual([])
    expect(event).toMatchObject({ end: 3, confidence: plain.confidence })
    expect(event.start).toBeGreaterThanOrEqual(plain.start)
    expect(event.start).toBeLessThan(3)
  })

  it('and info shows the labels of each', async () => {
    const { stdout } = await runCli('info', headed)
    expect(stdout).toMatch(/^head level +quiet, loud$/m)
    expect(stdout).toMatch(/^head stubborn +loud, never$/m)
    expect(stdout).not.toMatch(/^labels/m)
  })

  it('names the heads there are where one is not', async () => {
    const { code, stderr } = await runCli('detect', await burstFile(1), '--model', headed, '--heads', 'pitch')
    expect(code).toBe(1)
    expect(stderr).toBe('The model has no head "pitch". Name some of level, stubborn, or leave heads out.\n')
  })
})

it('takes no model that is none', async () => {
  const file = await burstFile(1)
  const { code, stderr } = await runCli('detect', file, '--model', file)
  expect(code).toBe(1)
  expect(stderr).toMatch(/model/i)
})
