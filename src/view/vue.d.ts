// leaf-worklet/vue: the elements in the templates of Vue 3. Types only.
import type { HTMLAttributes } from 'vue'
import type { LeafViews } from './attributes.js'

type LeafComponents = {
  [Tag in keyof LeafViews]: new () => { $props: LeafViews[Tag] & Omit<HTMLAttributes, keyof LeafViews[Tag]> }
}

declare module 'vue' {
  interface GlobalComponents extends LeafComponents {}
}
