import { describe, expect, test } from 'vitest'
import { checkTopology } from '../../src/model/topology.ts'
import { refusal } from './file-parts.ts'

const OUTPUT = { labels: 2, isHeaded: false }

type Node = { name: string; class_name: string; config: Record<string, unknown>; inbound_nodes: unknown }

const node = (class_name: string, name: string, from: readonly string[], config: object = {}): Node => ({
  ...{ name, class_name, config: { name, ...config } },
  inbound_nodes: from.length > 0 ? [from.map((one) => [one, 0, 0, {}])] : [],
})

const dense = (name: string, from: string, units: number, activation = 'linear') =>
  node('Dense', name, [from], { units, activation, use_bias: true })

/** A window goes two ways, one through a layer more, and comes together again. */
const nodes = () => [
  node('InputLayer', 'window', [], { batch_input_shape: [null, 6, 4, 1] }),
  node('Reshape', 'rows', ['window'], { target_shape: [6, 4] }),
  dense('wide', 'rows', 5),
  node('GlobalMaxPooling1D', 'peaks', ['rows']),
  node('GlobalAveragePooling1D', 'means', ['wide']),
  node('Concatenate', 'both', ['peaks', 'means'], { axis: -1 }),
  dense('scores', 'both', 2, 'sigmoid'),
]

type Graph = ReturnType<typeof graphOf>

const graphOf = (layers: readonly Node[]) => ({
  class_name: 'Functional',
  config: {
    name: 'graph',
    layers: [...layers],
    input_layers: [['window', 0, 0]],
    output_layers: [['scores', 0, 0]],
  },
})

const check = (graph: object) => checkTopology(graph, [6, 4, 1], OUTPUT)

test('shapes and weights are followed along every way', () => {
  const { shapes, sources, weights } = check(graphOf(nodes()))
  expect(shapes).toEqual([[6, 4, 1], [6, 4], [6, 5], [4], [5], [9], [2]])
  expect(sources).toEqual([[], [0], [1], [1], [2], [3, 4], [5]])
  expect(weights).toEqual([
    { name: 'wide/kernel', shape: [4, 5] },
    { name: 'wide/bias', shape: [5] },
    { name: 'scores/kernel', shape: [9, 2] },
    { name: 'scores/bias', shape: [2] },
  ])
})

test('as TensorFlow.js names its graphs, and without what a layer is called with', () => {
  const graph = graphOf(nodes().map((one) => ({ ...one, inbound_nodes: withoutRest(one.inbound_nodes) })))
  expect(check({ ...graph, class_name: 'Model' }).sources).toEqual(check(graphOf(nodes())).sources)
})

const withoutRest = (inbound: unknown) =>
  (inbound as unknown[][][]).map((own) => own.map((source) => source.slice(0, 3)))

describe('a spoilt graph is refused by the place that is wrong', () => {
  const swapped = (layers: Node[], one: number, other: number) =>
    layers.map((_, i) => layers[i === one ? other : i === other ? one : i])
  const changed = (place: number, change: Partial<Node>) => (layers: Node[]) =>
    layers.map((own, i) => (i === place ? { ...own, ...change } : own))
  const from = (...names: string[]) => ({ inbound_nodes: [names.map((name) => [name, 0, 0, {}])] })

  test.each<[string, (layers: Node[]) => Node[], string]>([
    ['a source that is none', changed(3, from('row')), 'layers.3.inbound_nodes names "row", which is no layer before it'],
    ['a source behind it', (layers) => swapped(layers, 2, 4), 'layers.2.inbound_nodes names "wide", which is no'],
    ['itself as a source', changed(2, from('wide')), 'layers.2.inbound_nodes names "wide"'],
    ['no source', changed(2, { inbound_nodes: [] }), 'layers.2.inbound_nodes names no layer'],
    ['a layer called twice', changed(2, { inbound_nodes: [[['rows', 0, 0, {}]], [['rows', 0, 0, {}]]] }), 'layers.2.inbound_nodes'],
    ['a second output', changed(2, { inbound_nodes: [[['rows', 0, 1, {}]]] }), 'layers.2.inbound_nodes.0.0'],
    ['a layer called with more', changed(2, { inbound_nodes: [[['rows', 0, 0, { mask: 1 }]]] }), 'layers.2.inbound_nodes.0.0'],
    ['two names', changed(2, { name: 'other' }), 'layers.2.name is not "wide", as in config'],
    ['a second input layer', changed(2, { class_name: 'InputLayer' }), 'layers.2.class_name has to be InputLayer in the first'],
    ['no input layer', changed(0, { class_name: 'ReLU' }), 'layers.0.class_name has to be InputLayer'],
    ['a layer that leads nowhere', changed(5, from('peaks', 'peaks')), 'layers.4 has an output that nothing takes'],
    ['an output that is not last', (layers) => swapped(layers, 5, 6), 'layers.5.inbound_nodes names "both"'],
    ['lines joined with a vector', changed(5, from('peaks', 'wide', 'means')), 'layers.5.config cannot join [4] and [6, 5]'],
    ['one joined with none', (layers) => changed(4, from('peaks', 'wide'))(changed(5, from('means'))(layers)), 'layers.4.config takes one input, but gets 2'],
    ['one joined with nothing', (layers) => changed(4, from('means'))(layers.filter(({ name }) => name !== 'peaks')), 'layers.4.config takes two inputs or more'],
  ])('%s', (_, spoil, message) => {
    const layers = spoil(nodes())
    const { message: said } = refusal(() => check(graphOf(layers)))
    expect(said).toContain(message)
  }) // biome-ignore format: a table

  test.each<[string, (config: Graph['config']) => object, string]>([
    ['another input', (config) => ({ ...config, input_layers: [['rows', 0, 0]] }), 'config.input_layers is "rows"'],
    ['another output', (config) => ({ ...config, output_layers: [['both', 0, 0]] }), 'config.output_layers is "both"'],
    ['two outputs', (config) => ({ ...config, output_layers: [...config.output_layers, ['both', 0, 0]] }), 'config.output_layers'],
    ['no output', ({ output_layers: _, ...config }) => config, 'config.output_layers'],
  ])('%s', (_, spoil, message) => {
    const graph = graphOf(nodes())
    expect(refusal(() => check({ ...graph, config: spoil(graph.config) })).message).toContain(message)
  }) // biome-ignore format: a table
})
