import type { Plan } from '../../src/plan/index.ts'
import type { Kernel, MemoryLayout } from '../kernel.ts'
import type { Analysis } from './analysis.ts'
import { FullRateAnalysis } from './full-rate.ts'
import { MelAnalysis } from './mel.ts'
import { SampleAnalysis } from './samples.ts'
import { SubbandAnalysis } from './subbands.ts'

export type { Analysis, AnalysisFactory, ClipAnalysis } from './analysis.ts'
export { FullRateAnalysis } from './full-rate.ts'
export { MelAnalysis } from './mel.ts'
export { SampleAnalysis } from './samples.ts'
export { SubbandAnalysis } from './subbands.ts'

/** The analysis of a stream without an end: all that the audio thread needs, without the compiler of clips' ends. */
export function liveAnalysis(plan: Plan, kernel: Kernel, layout: MemoryLayout): Analysis {
  const { analysis } = plan
  switch (analysis.kind) {
    case 'mel':
      return new MelAnalysis(kernel, plan, analysis, layout)
    case 'subbands':
      return new SubbandAnalysis(kernel, plan, analysis, 0, layout)
    case 'full-rate':
      return new FullRateAnalysis(kernel, plan, analysis, layout)
    case 'samples':
      return new SampleAnalysis(kernel, plan, layout)
  }
}
