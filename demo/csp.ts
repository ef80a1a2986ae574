/**
 * What the page and its workers may do: run and fetch its own files, compile WebAssembly, nothing else. No address
 * outside is ever asked, so no sound can leave. Workers may be blobs, which obey the page's policy: on a server that
 * sends no headers a worker of a file obeys none. The service worker can only be a file.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self'",
  "img-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** The same with what a meta element cannot say: no other page may frame this one. */
export const contentSecurityHeader = `${contentSecurityPolicy}; frame-ancestors 'none'`
