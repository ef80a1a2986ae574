import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A sound as ffmpeg decodes it: the mean of its channels. */
export interface Decoded {
  readonly sampleRate: number
  readonly samples: Float32Array
}

/** What ffmpeg remarks that changes no sample. */
const REMARKS = /Estimating duration|detected only with low score|using bitrate for duration/

export function hasFfmpeg(): boolean {
  return spawnSync('ffmpeg', ['-version']).status === 0
}

/** Null where ffmpeg does not read the file, or complains about it. */
export function byFfmpeg(file: Uint8Array): Decoded | null {
  const folder = mkdtempSync(join(tmpdir(), 'leaf-ffmpeg-'))
  try {
    const path = join(folder, 'sound')
    writeFileSync(path, file)
    // Its header says how many channels there are and at which rate; lengths in it are those of a pipe, unknown.
    const { stdout, stderr, status } = spawnSync(
      'ffmpeg',
      [
        ...['-nostdin', '-v', 'warning', '-xerror', '-guess_layout_max', '0', '-i', path],
        ...['-map', '0:a:0', '-f', 'wav', '-bitexact', '-rf64', 'never', '-c:a', 'pcm_f32le', '-'],
      ],
      { maxBuffer: 2 ** 30 },
    )
    const complaints = stderr.toString().split('\n')
    if (status !== 0 || complaints.some((line) => line !== '' && !REMARKS.test(line))) return null
    const channels = stdout.readUInt16LE(22)
    const sampleRate = stdout.readUInt32LE(24)
    const values = new Float32Array(new Uint8Array(stdout.subarray(stdout.indexOf('data') + 8)).buffer)
    const samples = new Float32Array(Math.floor(values.length / channels))
    for (let i = 0; i < samples.length; i++) {
      for (let channel = 0; channel < channels; channel++)
        samples[i] += values[i * channels + channel] / channels
    }
    return { sampleRate, samples }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
