import { checkTopology, type Model, type Topology, type TopologyLayer } from '../../model/index.ts'
import { type HeadedClassifier, withNewHead } from '../network/index.ts'
import { MAX_INPUTS } from './discriminant.ts'

/**
 * Poolings whose maps are looked at. Chosen on valid clips of words, instruments and birds; `npm run fewshot -- --split
 * valid` measures the number set here.
 */
const POOLINGS = 2

/** A layer that computes, and the shape of its output for one window. */
interface Step {
  readonly layer: TopologyLayer
  readonly shape: readonly number[]
}

/**
 * A classifier whose last layer is given more than it was trained with: before the embedding the maxima over time of the
 * maps behind its last poolings, every column and map by itself. What a network was not trained for lies in its layers
 * before the last as well (Evci et al. 2022, "Head2Toe", arXiv 2201.03529). The weights of its last layer are as before,
 * and too few: they have to be replaced.
 *
 * @returns the classifier itself, if its layers are no chain, it pools no maps, or they are too many for the discriminant
 */
export function withIntermediateFeatures({
  classifier,
  frontend,
  labels,
  heads,
}: Model): Model['classifier'] {
  const { topology, windowFrames } = classifier
  if (topology.class_name !== 'Sequential') return classifier
  const window = [windowFrames, frontend.channels, 1]
  const { shapes } = checkTopology(topology, window, { labels: labels.length, isHeaded: heads !== undefined })
  const steps = topology.config.layers
    .map((layer, i) => ({ layer, shape: shapes[i] }))
    .filter(({ layer }) => layer.class_name !== 'InputLayer')
  const dense = steps.findLastIndex(({ layer }) => layer.class_name === 'Dense')
  const embedding = steps[dense - 1]?.shape
  if (embedding?.length !== 1) return classifier
  const poolings = lastPoolings(steps.slice(0, dense), embedding[0])
  if (poolings.length === 0) return classifier
  return { ...classifier, topology: joined(topology, window, { steps, poolings, dense }) }
}

/**
 * The classifier that is taught: with intermediate features, and a new last layer.
 *
 * @throws LeafError `model-file` for a classifier that does not end in a dense layer
 */
export function withTaughtHead(base: Model, labels: number): HeadedClassifier {
  return withNewHead({ ...base, classifier: withIntermediateFeatures(base) }, labels)
}

/** As many of the last poolings as the discriminant can take, the first first. @param taken inputs that there are */
function lastPoolings(steps: readonly Step[], taken: number): Step[] {
  const poolings = steps.filter(({ layer }) => layer.class_name === 'MaxPooling2D')
  let inputs = taken
  const fitting: Step[] = []
  for (const pooling of poolings.slice(-POOLINGS).reverse()) {
    inputs += columnsOf(pooling)
    if (inputs > MAX_INPUTS) break
    fitting.unshift(pooling)
  }
  return fitting
}

const columnsOf = ({ shape: [, width, maps] }: Step) => width * maps

/** The layers as a graph, in which what the poolings give goes around those behind them to the one at `dense`. */
function joined(
  topology: Topology,
  window: readonly number[],
  {
    steps,
    poolings,
    dense,
  }: { readonly steps: readonly Step[]; readonly poolings: readonly Step[]; readonly dense: number },
): Topology {
  const layers = steps.map(({ layer }) => layer)
  const input = `${nameOf(layers[0])}_input`
  const features = `${nameOf(layers[dense])}_features`
  const peaks = poolings.map(({ layer }) => `${nameOf(layer)}_peaks`)
  const graph = [
    node(
      'InputLayer',
      { name: input, batch_input_shape: [null, ...window], dtype: 'float32', sparse: false },
      [],
    ),
    ...layers.slice(0, dense).map((layer, i) => moved(layer, i === 0 ? input : nameOf(layers[i - 1]))),
    ...poolings.flatMap((pooling, i) => {
      const rows = `${nameOf(pooling.layer)}_rows`
      const shape = [pooling.shape[0], columnsOf(pooling)]
      return [
        node('Reshape', { name: rows, target_shape: shape }, [nameOf(pooling.layer)]),
        node('GlobalMaxPooling1D', { name: peaks[i] }, [rows]),
      ]
    }),
    node('Concatenate', { name: features, axis: -1 }, [...peaks, nameOf(layers[dense - 1])]),
    moved(layers[dense], features),
    ...layers.slice(dense + 1).map((layer, i) => moved(layer, nameOf(layers[dense + i]))),
  ]
  return {
    ...topology,
    class_name: 'Functional',
    config: {
      name: topology.config.name,
      layers: graph,
      input_layers: [[input, 0, 0]],
      output_layers: [[nameOf(layers[layers.length - 1]), 0, 0]],
    },
  }
}

const nameOf = ({ config }: TopologyLayer) => String(config.name)

/** A layer of a chain as one of a graph, which takes what `from` gives. */
function moved({ class_name, config: { batch_input_shape: _, ...config } }: TopologyLayer, from: string) {
  return node(class_name, config, [from])
}

const node = (
  class_name: string,
  config: TopologyLayer['config'],
  from: readonly string[],
): TopologyLayer => ({
  name: String(config.name),
  class_name,
  config,
  inbound_nodes: from.length > 0 ? [from.map((name) => [name, 0, 0, {}])] : [],
})
