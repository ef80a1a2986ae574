import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A sound as ffmpeg decodes it: the mean of its channels. */
export interface Decoded {
  readonly sampleRate: number
  readonly samples: Float32Array
}

export function hasFfmpeg(): boolean {
  return spawnSync('ffmpeg', ['-version']).status === 0 && spawnSync('ffprobe', ['-version']).status === 0
}

/** Null where ffmpeg does not read the file, or complains about it. */
export function byFfmpeg(file: Uint8Array): Decoded | null {
  const folder = mkdtempSync(join(tmpdir(), 'leaf-ffmpeg-'))
  try {
    const path = join(folder, 'sound')
    writeFileSync(path, file)
    const shape = spawnSync('ffprobe', [
      ...['-v', 'error', '-select_streams', 'a:0', '-show_entries', 'stream=sample_rate,channels'],
      ...['-of', 'csv=p=0', path],
    ])
    const [sampleRate, channels] = shape.stdout.toString().split(',').map(Number)
    const { stdout, stderr, status } = spawnSync(
      'ffmpeg',
      ['-v', 'warning', '-xerror', '-i', path, '-map', '0:a:0', '-f', 'f32le', '-c:a', 'pcm_f32le', '-'],
      { maxBuffer: 2 ** 30 },
    )
    if (status !== 0 || stderr.length > 0 || !(sampleRate > 0 && channels > 0)) return null
    const values = new Float32Array(new Uint8Array(stdout).buffer, 0, stdout.length >> 2)
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
