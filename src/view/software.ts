/** SwiftShader of Chromium, llvmpipe and softpipe of Mesa, WARP of Windows, Apple's. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i

let known: boolean | undefined

/**
 * Whether this page is drawn by the processor, for want of a graphics card or of a driver that the browser trusts, as
 * WebGL tells: by the name of its renderer, or by none to be had. Asked once.
 */
export function drawsInSoftware(): boolean {
  known ??= SOFTWARE.test(renderer() ?? 'software')
  return known
}

/** @returns null without WebGL */
function renderer(): string | null {
  const options: WebGLContextAttributes = { failIfMajorPerformanceCaveat: true }
  const context = document.createElement('canvas').getContext('webgl', options)
  if (!context) return null
  // Chromium and WebKit name it in an extension, Firefox in the open.
  const names = context.getExtension('WEBGL_debug_renderer_info')
  const name = String(context.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER))
  // Contexts are few: the page's own come first.
  context.getExtension('WEBGL_lose_context')?.loseContext()
  return name
}
