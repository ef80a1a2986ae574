import { matchPrecache, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching'

declare const self: ServiceWorkerGlobalScope
/** Every file of the build; the build puts the list in. */
declare const BUILT_FILES: PrecacheEntry[]

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('message', () => void self.skipWaiting())

// A newer build waits until no page of the old one is open. Loading the last page again does not count as closing
// it, so that is seen to here; before the route below, which knows the files of its own build only.
self.addEventListener('fetch', (event) => {
  const { waiting, scope } = self.registration
  const [address] = event.request.url.split(/[?#]/)
  if (!waiting || address !== scope) return
  event.stopImmediatePropagation()
  event.respondWith(newestPage(waiting))
})

precacheAndRoute(BUILT_FILES)

async function newestPage(newer: ServiceWorker): Promise<Response> {
  const pages = await self.clients.matchAll()
  if (pages.length > 1) return (await matchPrecache('index.html')) ?? Response.error()
  newer.postMessage('replace')
  return new Response('', { headers: { Refresh: '0' } })
}
