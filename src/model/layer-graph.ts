import * as v from 'valibot'
import { modelError } from './model-error.ts'
import { checkSchema } from './schema.ts'

const LAYER_LIMIT = 200

const layer = { class_name: v.string(), config: v.record(v.string(), v.unknown()) }
const layersOf = <Layer extends v.GenericSchema>(one: Layer) =>
  v.pipe(v.array(one), v.minLength(1), v.maxLength(LAYER_LIMIT))
const origin = { keras_version: v.optional(v.string()), backend: v.optional(v.string()) }
/** One output of one layer, called once. */
const ends = v.strictTuple([v.strictTuple([v.string(), v.literal(0), v.literal(0)])])
/** The same, and what it is called with beside: nothing. */
const source = v.union([
  v.strictTuple([v.string(), v.literal(0), v.literal(0)]),
  v.strictTuple([v.string(), v.literal(0), v.literal(0), v.strictObject({})]),
])

const sequentialSchema = v.strictObject({
  class_name: v.literal('Sequential'),
  config: v.strictObject({ name: v.string(), layers: layersOf(v.strictObject(layer)) }),
  ...origin,
})

const functionalSchema = v.strictObject({
  class_name: v.picklist(['Functional', 'Model']),
  config: v.strictObject({
    name: v.string(),
    layers: layersOf(
      v.strictObject({
        ...layer,
        name: v.string(),
        inbound_nodes: v.pipe(v.array(v.array(source)), v.maxLength(1)),
      }),
    ),
    input_layers: ends,
    output_layers: ends,
  }),
  ...origin,
})

const topologySchema = v.variant('class_name', [sequentialSchema, functionalSchema])

type Source = v.InferOutput<typeof source>
type Ends = v.InferOutput<typeof ends>

/** A layer of a topology; in a graph with its name and the layers it takes. */
export interface TopologyLayer {
  class_name: string
  config: Record<string, unknown>
  name?: string
  inbound_nodes?: Source[][]
}

/** A tf.layers model as its `toJSON` gives it: layers one behind the other, or a graph with one input and one output. */
export interface Topology {
  class_name: 'Sequential' | 'Functional' | 'Model'
  config: { name: string; layers: TopologyLayer[]; input_layers?: Ends; output_layers?: Ends }
  keras_version?: string | undefined
  backend?: string | undefined
}

/** Layers in an order in which each comes behind those it takes. */
export interface LayerGraph {
  readonly topology: Topology
  /** Of each layer, the places of the layers whose outputs it takes; of the first none. */
  readonly sources: readonly (readonly number[])[]
}

/**
 * Reads which layers each layer takes, and that the last one gives the output.
 *
 * @param field what is read, for the error
 * @throws LeafError `model-file` naming the layer and the key
 */
export function readGraph(value: unknown, field: string): LayerGraph {
  const topology = checkSchema(topologySchema, value, field)
  if (topology.class_name === 'Sequential')
    return { topology, sources: topology.config.layers.map((_, i) => (i === 0 ? [] : [i - 1])) }
  const { layers, input_layers: inputs, output_layers: outputs } = topology.config
  const places = new Map<string, number>()
  const sources = layers.map(({ name, class_name: kind, config, inbound_nodes: nodes }, i) => {
    const at = `${field}.config.layers.${i}`
    if (config.name !== name)
      throw modelError(`${at}.name`, `is not ${JSON.stringify(config.name)}, as in config`)
    if ((kind === 'InputLayer') !== (i === 0))
      throw modelError(`${at}.class_name`, 'has to be InputLayer in the first layer, and in no other')
    const own = nodes.flat().map(([from]) => placeOf(from, places, `${at}.inbound_nodes`))
    if (own.length === 0 && i > 0) throw modelError(`${at}.inbound_nodes`, 'names no layer that it takes')
    places.set(name, i)
    return own
  })
  requireEnd(inputs, layers[0].name, `${field}.config.input_layers`)
  requireEnd(outputs, layers[layers.length - 1].name, `${field}.config.output_layers`)
  if (sources[sources.length - 1].join() !== String(layers.length - 2))
    throw modelError(
      `${field}.config.layers.${layers.length - 1}.inbound_nodes`,
      'is not the layer before it alone',
    )
  requireUse(sources, `${field}.config.layers`)
  return { topology, sources }
}

function placeOf(name: string, places: ReadonlyMap<string, number>, field: string): number {
  const place = places.get(name)
  if (place === undefined)
    throw modelError(field, `names ${JSON.stringify(name)}, which is no layer before it`)
  return place
}

function requireEnd([[name]]: Ends, wanted: string, field: string): void {
  if (name !== wanted)
    throw modelError(
      field,
      `is ${JSON.stringify(name)}, not ${JSON.stringify(wanted)} as the order of the layers`,
    )
}

/** TensorFlow.js drops a layer that leads nowhere, and then its weights are too many. */
function requireUse(sources: LayerGraph['sources'], field: string): void {
  const used = new Set(sources.flat())
  const unused = sources.findIndex((_, i) => i < sources.length - 1 && !used.has(i))
  if (unused >= 0) throw modelError(`${field}.${unused}`, 'has an output that nothing takes')
}
