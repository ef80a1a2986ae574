import { io } from '@tensorflow/tfjs-core'
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers'
import type { Model, Topology, Weight } from '../model/index.ts'

/** How a layer would start and be trained: not checked on reading, so not passed on. */
const training = /_(initializer|regularizer|constraint)$/

/** Builds the tf.layers model that a model file describes, with its weights, on the backend in use. */
export async function buildLayersModel({ topology, weights }: Model['classifier']): Promise<LayersModel> {
  const { layers: all } = topology.config
  // An input layer cannot be applied by itself, as learning does with all of them; what it says the next one can say.
  const isGraph = topology.class_name !== 'Sequential'
  const computing = isGraph ? all : all.filter(({ class_name }) => class_name !== 'InputLayer')
  const layers = computing.map((layer, i) => ({
    ...layer,
    config: {
      ...Object.fromEntries(Object.entries(layer.config).filter(([key]) => !training.test(key))),
      ...(i === 0 && { batch_input_shape: all[0].config.batch_input_shape }),
    },
  }))
  const data = new Float32Array(weights.reduce((sum, { values }) => sum + values.length, 0))
  let offset = 0
  for (const { values } of weights) {
    data.set(values, offset)
    offset += values.length
  }
  return loadLayersModel(
    io.fromMemory({
      modelTopology: { ...topology, config: { ...topology.config, layers } },
      weightSpecs: weights.map(({ name, shape }) => ({ name, shape: [...shape], dtype: 'float32' as const })),
      weightData: data.buffer,
    }),
  )
}

/** The topology and weights of a tf.layers model, as a model file holds them. */
export function describeLayersModel(model: LayersModel): { topology: Topology; weights: Weight[] } {
  return {
    topology: JSON.parse(JSON.stringify(model.toJSON(null, false))),
    weights: model.weights.map((weight) => ({
      name: weight.originalName,
      shape: weight.shape as number[],
      values: Float32Array.from(weight.read().dataSync()),
    })),
  }
}
