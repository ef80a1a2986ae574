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
  event.respondWith(newestPage(isReload(event.request)))
})

precacheAndRoute(BUILT_FILES)

/** False where the browser does not tell: then the old build stays until its last page is closed. */
function isReload(request: Request & { isReloadNavigation?: boolean }): boolean {
  return request.isReloadNavigation === true
}

async function newestPage(isReload: boolean): Promise<Response> {
  const pages = await self.clients.matchAll()
  // The page that is loaded again is still among them.
  if (pages.length > (isReload ? 1 : 0)) return (await matchPrecache('index.html')) ?? Response.error()
  return new Response(CHANGE_OVER, { headers: { 'Content-Type': 'text/html; charset=utf-8' } })
}

/**
 * Lets the newer build take over and loads the page again once it has. Not sooner: the old build would answer, again
 * and again. Any change of state will do, that to `redundant` too, by a build that is newer still. The browser hands
 * over when the old worker has no work: this page stands for itself, without the policy of the other one, and asks
 * for nothing, an icon neither.
 */
const CHANGE_OVER = `<!doctype html>
<html lang="en">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Leaf</title>
<script>
  navigator.serviceWorker.getRegistration().then(({ waiting }) => {
    if (!waiting) return location.reload()
    waiting.addEventListener('statechange', () => location.reload(), { once: true })
    waiting.postMessage('replace')
  })
</script>
`
