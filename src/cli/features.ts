import { LeafError } from '../error.ts'
import { OutputFile } from '../files/index.ts'
import { type FrontendDescription, reference } from '../frontend/index.ts'
import { streamFrames } from '../offline/index.ts'
import { resampleReference } from '../plan/index.ts'
import { chooseFrontend, filesOf } from './choose-frontend.ts'
import type { FeaturesCommand } from './command-line.ts'
import { NpyWriter } from './npy.ts'
import { type HeardSound, openSound } from './open-sound.ts'
import { Report } from './report.ts'

const REFERENCE_SECONDS = 60

/** Writes the features of a file. Memory does not grow with the file's length, except for the reference engine. */
export async function features({ file, raw, out, engine, ...choice }: FeaturesCommand): Promise<void> {
  const output = OutputFile.at(out, [file, ...filesOf(choice)])
  const frontend = await chooseFrontend(choice)
  const audio = await openSound(file, raw)
  const npy = new NpyWriter(output, frontend.channels)
  const report = new Report(audio)
  try {
    await (engine === 'stream' ? writeStream : writeReference)(frontend, report.watch(audio), npy)
    npy.finish()
    output.finish()
  } finally {
    output.abandon()
    report.stop()
  }
  report.summary(`${npy.rows} frames × ${frontend.channels} channels in ${out}`)
}

async function writeStream(frontend: FrontendDescription, audio: HeardSound, npy: NpyWriter): Promise<void> {
  const frames = streamFrames(frontend, audio, (_index, _time, values) => npy.add(values))
  for await (const _block of frames) npy.drain()
}

async function writeReference(
  frontend: FrontendDescription,
  audio: HeardSound,
  npy: NpyWriter,
): Promise<void> {
  const samples = await readWhole(audio)
  const { channels, values } = reference(
    frontend,
    resampleReference(samples, audio.sampleRate, frontend.sampleRate),
  )
  for (let at = 0; at < values.length; at += channels) npy.add(values.subarray(at, at + channels))
}

/** All samples. */
async function readWhole(audio: HeardSound): Promise<Float32Array> {
  const longest = REFERENCE_SECONDS * audio.sampleRate
  const blocks: Float32Array[] = []
  let length = 0
  for await (const block of audio.blocks) {
    length += block.length
    if (length > longest)
      throw new LeafError(
        'arguments',
        `The reference engine takes at most ${REFERENCE_SECONDS} s of sound.`,
        'Give a shorter file, or leave --engine out.',
      )
    blocks.push(block.slice())
  }
  const samples = new Float32Array(length)
  let at = 0
  for (const block of blocks) {
    samples.set(block, at)
    at += block.length
  }
  return samples
}
