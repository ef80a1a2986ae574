// One of the package's files that are no code, imported where a bundler is told to give an address for it (webpack's and
// Rspack's asset/resource, esbuild's file loader).
declare const address: string
export default address
