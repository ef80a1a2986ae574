import type { Tensor } from '@tensorflow/tfjs-core'
import type { LayersModel, layers } from '@tensorflow/tfjs-layers'

type Layer = layers.Layer

/** What a layer of a model gives, of which TensorFlow.js keeps the gradients. @param input of the model */
export function outputOf(layer: Layer, model: LayersModel, input: Tensor, training: boolean): Tensor {
  const outputs = new Map<Layer, Tensor>()
  // TensorFlow.js lists the layers of a graph such that each comes behind those it takes.
  for (const one of model.layers) {
    // Of a Sequential the input layer is not among the layers; it cannot be applied.
    const taken = layersBefore(one).map((before) => outputs.get(before) ?? input)
    if (taken.length > 0)
      outputs.set(one, one.apply(taken.length > 1 ? taken : taken[0], { training }) as Tensor)
    if (one === layer) break
  }
  return outputs.get(layer)!
}

/** What goes into the last dense layer of a model that ends in one and its activation. @param input of the model */
export function inputOfLast(model: LayersModel, input: Tensor, training: boolean): Tensor {
  const dense = model.layers[model.layers.length - 2]
  return outputOf(layersBefore(dense)[0], model, input, training)
}

/** Layers whose outputs a layer takes; none for an input layer. */
export const layersBefore = (layer: Layer): Layer[] => layer.inboundNodes[0].inboundLayers
