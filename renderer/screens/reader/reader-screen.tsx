import type { ReactNode } from 'react'

/** screen: the whole window; drawer: beside the bill, narrow and low. */
export function ReaderScreen({ layout }: { readonly layout: 'screen' | 'drawer' }): ReactNode {
  return <div className={`reader reader--${layout}`} />
}
