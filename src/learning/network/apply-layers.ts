import type { Tensor } from '@tensorflow/tfjs-core'
import type { LayersModel, layers } from '@tensorflow/tfjs-layers'

type Layer = layers.Layer

/**
 * Of each layer of a model the layers whose outputs it takes: of a Sequential the one before it, none for the first; of a
 * graph those it was called with, none for the input layer. Each layer comes behind those it takes.
 */
export function layerSources(model: LayersModel): ReadonlyMap<Layer, readonly Layer[]> {
  const { layers } = model
  // A layer may be in several chains, whose calls it does not keep apart.
  if (model.getClassName() === 'Sequential')
    return new Map(layers.map((layer, i) => [layer, layers.slice(Math.max(0, i - 1), i)]))
  return new Map(layers.map((layer) => [layer, layer.inboundNodes[0].inboundLayers]))
}

/** What a layer of a model gives, of which TensorFlow.js keeps the gradients. @param input of the model */
export function outputOf(layer: Layer, model: LayersModel, input: Tensor, training: boolean): Tensor {
  const outputs = new Map<Layer, Tensor>()
  for (const [one, sources] of layerSources(model)) {
    const taken = sources.map((source) => outputs.get(source)!)
    outputs.set(one, isInput(one) ? input : apply(one, taken.length > 0 ? taken : [input], training))
    if (one === layer) break
  }
  return outputs.get(layer)!
}

const isInput = (layer: Layer) => layer.getClassName() === 'InputLayer'

const apply = (layer: Layer, inputs: Tensor[], training: boolean) =>
  layer.apply(inputs.length > 1 ? inputs : inputs[0], { training }) as Tensor

/** What goes into the last dense layer of a model that ends in one and its activation. @param input of the model */
export function inputOfLast(model: LayersModel, input: Tensor, training: boolean): Tensor {
  const dense = model.layers[model.layers.length - 2]
  return outputOf(layerSources(model).get(dense)![0], model, input, training)
}
