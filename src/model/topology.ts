import { type LayerGraph, readGraph, type Topology } from './layer-graph.ts'
import { type LayerShape, layerRules } from './layers.ts'
import { modelError } from './model-error.ts'

/** Most values one window may have after any layer: 16 MB of float32. */
const ACTIVATION_LIMIT = 4 * 1024 * 1024

/** Operations that one window may take: a thousand times the models of this project, some seconds in WebAssembly. */
const OPERATIONS_LIMIT = 1e10

/** A weight the topology asks for, named `layer/weight` as tf.layers does. */
export interface WeightShape {
  readonly name: string
  readonly shape: readonly number[]
}

/** What a topology asks for. */
export interface CheckedTopology extends LayerGraph {
  readonly weights: readonly WeightShape[]
  /** Of each layer, that of its output for one window. */
  readonly shapes: readonly LayerShape[]
}

/** What has to come out of a topology. */
export interface WantedOutput {
  readonly labels: number
  /** Whether labels are shared out among heads: the output is logits, of which each head makes a softmax. */
  readonly isHeaded: boolean
}

/**
 * Follows the shape of one window through every layer, without TensorFlow.js and without allocating anything of the
 * model's size, so that a topology can neither name a layer outside the list nor ask for more than its weights.
 *
 * @param input shape of one window, [windowFrames, channels, 1]
 * @throws LeafError `model-file` naming the layer and the key.
 */
export function checkTopology(value: unknown, input: LayerShape, output: WantedOutput): CheckedTopology {
  const field = 'classifier.topology'
  const { topology, sources } = readGraph(value, field)
  const { layers } = topology.config
  const names = new Set<string>()
  const weights: WeightShape[] = []
  const shapes: LayerShape[] = []
  let operations = 0
  for (const [i, { class_name: className, config }] of layers.entries()) {
    const at = `${field}.config.layers.${i}`
    const rule = Object.hasOwn(layerRules, className) ? layerRules[className] : undefined
    if (rule === undefined) {
      throw modelError(
        `${at}.class_name`,
        `is ${JSON.stringify(className)}, not one of ${Object.keys(layerRules).join(', ')}`,
      )
    }
    const taken = i === 0 ? [input] : sources[i].map((place) => shapes[place])
    const layer = rule(config, taken, `${at}.config`)
    if (names.has(layer.name))
      throw modelError(`${at}.config.name`, `is ${JSON.stringify(layer.name)} for a second time`)
    names.add(layer.name)
    if (i === 0) checkInput(layer.batchInputShape, input, `${at}.config.batch_input_shape`)
    for (const [name, weightShape] of layer.weights)
      weights.push({ name: `${layer.name}/${name}`, shape: weightShape })
    const shape = layer.output
    const size = shape.reduce((product, length) => product * length, 1)
    if (!shape.every((length) => Number.isInteger(length) && length >= 1) || size > ACTIVATION_LIMIT) {
      throw modelError(
        `${at}.config`,
        `makes an output of shape [${shape.join(', ')}] from [${input.join(', ')}]`,
      )
    }
    operations += layer.operations
    if (operations > OPERATIONS_LIMIT)
      throw modelError(
        `${at}.config`,
        `brings a window to ${operations.toPrecision(2)} operations, more than ${OPERATIONS_LIMIT.toPrecision(1)}`,
      )
    shapes.push(shape)
  }
  const shape = shapes[shapes.length - 1]
  if (shape.length !== 1 || shape[0] !== output.labels) {
    throw modelError(field, `gives an output of shape [${shape.join(', ')}] for ${output.labels} labels`)
  }
  checkEnd(layers, output, `${field}.config.layers`)
  return { topology, sources, weights, shapes }
}

/** A sigmoid at the end, or for heads a dense layer, so that one head can be cut out, and nothing else. */
function checkEnd(layers: Topology['config']['layers'], { isHeaded }: WantedOutput, field: string): void {
  const last = layers.length - 1
  const at = `${field}.${last}.config.activation`
  const { activation } = layers[last].config
  if (!isHeaded) {
    if (activation !== 'sigmoid') throw modelError(at, 'is not sigmoid, which a score per label needs')
    return
  }
  if (activation !== 'linear') throw modelError(at, 'is not linear, which the softmax of each head needs')
  const dense = layers[last].class_name === 'Activation' ? last - 1 : last
  if (layers[dense]?.class_name !== 'Dense' || layers[dense].config.activation !== 'linear')
    throw modelError(`${field}.${dense}`, 'is not a linear Dense layer, which heads need')
}

function checkInput(batchInputShape: unknown, input: LayerShape, field: string): void {
  const wanted = [null, ...input]
  const given = Array.isArray(batchInputShape) ? batchInputShape : []
  if (given.length !== wanted.length || !wanted.every((size, i) => given[i] === size)) {
    throw modelError(field, `is ${JSON.stringify(batchInputShape)}, not ${JSON.stringify(wanted)}`)
  }
}
