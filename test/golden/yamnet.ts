import { readFileSync } from 'node:fs'
import { readSafetensors } from '../../src/model/safetensors.ts'

/** A clip of 0.975 s at 16 kHz and what YAMNet's own frontend makes of it. */
export interface GoldenClip {
  readonly samples: Float32Array
  /** [96, 64], row-major. */
  readonly logMel: Float32Array
}

/** One of the two clips that lie beside this file. */
export function goldenClip(name: 'loud' | 'quiet'): GoldenClip {
  const { tensors } = readSafetensors(readFileSync(new URL('yamnet.safetensors', import.meta.url)))
  const bytes = (kind: string) => new Uint8Array(tensors.get(`${name}.${kind}`)!.bytes).buffer
  return {
    samples: Float32Array.from(new Int16Array(bytes('samples_int16')), (sample) => sample / 32768),
    logMel: new Float32Array(bytes('log_mel')),
  }
}
