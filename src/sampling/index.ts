export { leastAmplitude } from './energy-floor.ts'
export {
  type Filter,
  type FilterResponse,
  filterResponse,
  filterSpectrum,
  type Spectrum,
  strongestAbove,
} from './filter-response.ts'
export { divisorsOf, lastNode, type NodeGrid, type Nodes, nodesOver } from './nodes.ts'
export {
  everySample,
  fitWeights,
  nodeWeights,
  type Range,
  type SampledEnergy,
  sampleAt,
  standardError,
  windowVariance,
} from './sampled-energy.ts'
export { sampleSparsely } from './stride.ts'
export { learning, live, type Tolerance } from './tolerance.ts'
export { addWindowGradient, weightsOfRanges } from './window-ranges.ts'
