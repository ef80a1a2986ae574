// leaf-worklet/react: the elements in the JSX of React 19 and of Preact's compatibility layer. Types only.
import type { DetailedHTMLProps, HTMLAttributes } from 'react'
import type { LeafViews } from './attributes.js'

type LeafElements = {
  [Tag in keyof LeafViews]: LeafViews[Tag] &
    Omit<
      DetailedHTMLProps<HTMLAttributes<HTMLElementTagNameMap[Tag]>, HTMLElementTagNameMap[Tag]>,
      keyof LeafViews[Tag]
    >
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends LeafElements {}
  }
}
