import { Engine } from '../../../worklet/index.ts'
import type { FrontendDescription } from '../../frontend/index.ts'
import { compilePlan } from '../../plan/index.ts'

/**
 * A frontend up to its compression, as the live page computes it. While only the compression changes, the filters have
 * to be applied once.
 */
export class EnergyAnalysis {
  readonly #engine: Engine

  constructor(frontend: FrontendDescription) {
    this.#engine = new Engine(compilePlan({ ...frontend, compression: { kind: 'none' } }), null)
  }

  /** @returns floored energies of a whole sound, frames × channels, at least 0 */
  of(sound: Float32Array): Float64Array {
    return new Float64Array(this.#engine.clip(sound).values)
  }
}
