import type { ReactNode } from 'react'
import { ReaderCorner } from './reader-corner.tsx'

/** screen: the whole window; drawer: beside the bill, narrow and low. */
export function ReaderScreen({ layout }: { readonly layout: 'screen' | 'drawer' }): ReactNode {
  return <ReaderCorner layout={layout} />
}
