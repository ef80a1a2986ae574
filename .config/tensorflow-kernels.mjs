// Which of TensorFlow.js's kernels and gradients can be asked for. test/inference/kernels.test.ts and
// test/inference/learning-kernels.test.ts hold that these are, and that no others are.

/** Kernels that a classifier asks for: any of the layers that a model file may have. */
export const inferenceKernels = [
  ...['Abs', 'Add', 'AvgPool', 'Cast', 'ClipByValue', 'Concat', 'Conv2D', 'DepthwiseConv2dNative'],
  ...['Elu', 'FusedBatchNorm', 'FusedConv2D', 'Identity', 'LeakyRelu', 'Max', 'MaxPool', 'Mean'],
  ...['Minimum', 'Multiply', 'RealDiv', 'Relu', 'Reshape', 'Selu', 'Sigmoid', 'Slice', 'Softplus', 'Tanh'],
  ...['Transpose', '_FusedMatMul'],
]

/** Those that teaching and adapting ask for beside. */
export const learningKernels = [
  ...['AvgPoolGrad', 'BatchMatMul', 'Conv2DBackpropFilter', 'Conv2DBackpropInput'],
  ...['DepthwiseConv2dNativeBackpropFilter', 'DepthwiseConv2dNativeBackpropInput', 'EluGrad', 'Equal'],
  ...['Exp', 'Floor', 'Greater', 'GreaterEqual', 'LessEqual', 'Log', 'Log1p', 'LogicalAnd', 'MaxPoolGrad'],
  ...['Neg', 'PadV2', 'ResizeNearestNeighbor', 'Reverse', 'Rsqrt', 'Select', 'SplitV', 'Square'],
  ...['Step', 'Sub', 'Sum', 'ZerosLike'],
]

/** Kernels of which they ask TensorFlow.js for the gradient; that of batch normalisation is src/learning's own. */
export const gradients = [
  ...['Abs', 'Add', 'AvgPool', 'BatchMatMul', 'Cast', 'ClipByValue', 'Concat', 'Conv2D'],
  ...['DepthwiseConv2dNative', 'Elu', 'Exp', 'Identity', 'LeakyRelu', 'Log', 'Log1p', 'Max', 'MaxPool'],
  ...['Mean', 'Minimum', 'Multiply', 'Neg', 'RealDiv', 'Relu', 'Reshape', 'Selu', 'Sigmoid', 'Softplus'],
  ...['Square', 'Sub', 'Sum', 'Tanh', 'Transpose'],
]

/** Listed kernels that TensorFlow.js's WebAssembly lacks; the first one src/learning adds. */
export const lackingInWasm = [
  'Conv2DBackpropFilter',
  'DepthwiseConv2dNativeBackpropFilter',
  'DepthwiseConv2dNativeBackpropInput',
]
