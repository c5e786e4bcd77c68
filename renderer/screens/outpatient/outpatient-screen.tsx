import type { ReactNode } from 'react'

export function OutpatientScreen(): ReactNode {
  return <div className="counter" />
}
