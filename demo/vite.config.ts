import { defineConfig, type Plugin } from 'vite'
import { tensorflowSubset } from '../.config/tensorflow.mjs'
import { contentSecurityHeader, contentSecurityPolicy } from './csp.ts'
import { notices, workerNotices } from './notices.ts'
import { serviceWorker } from './offline/node.ts'

// With both, SharedArrayBuffer is there; without them the page works too, over message ports.
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

/** The built page carries its policy itself; the development server's own scripts would not pass it. */
const policy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
      injectTo: 'head-prepend',
    },
  ],
}

export default defineConfig({
  // What is not there is not found, instead of answered with the page.
  appType: 'mpa',
  base: './',
  cacheDir: '../node_modules/.vite/demo',
  plugins: [policy, notices, serviceWorker],
  worker: {
    format: 'es',
    plugins: () => [workerNotices, tensorflowSubset()],
    // The notices have the licences, once.
    rolldownOptions: { output: { comments: { legal: false } } },
  },
  // A data: address would not pass the policy.
  build: { assetsInlineLimit: 0 },
  server: { fs: { allow: ['..'] }, headers: isolation },
  preview: { headers: { ...isolation, 'Content-Security-Policy': contentSecurityHeader } },
})
