import type { LeafMeter, LeafSpectrogram } from 'leaf-worklet/view'
import type { DetailedHTMLProps, HTMLAttributes } from 'react'

type View<Class, Properties extends keyof Class> = DetailedHTMLProps<HTMLAttributes<Class>, Class> &
  Partial<Pick<Class, Properties>>

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'leaf-spectrogram': View<LeafSpectrogram, 'frontend' | 'frames'> & {
        colors?: string
        seconds?: number
      }
      'leaf-meter': View<LeafMeter, 'metrics'>
    }
  }
}
