/** A card and the mouth of a reader, as they stand to each other. Decoration: the words beside it say the same. */

import type { ReactNode } from 'react'

export function CardDrawing({ state }: { readonly state: 'no-reader' | 'no-card' | 'reading' | 'refused' }): ReactNode {
  return (
    <svg className={`drawing drawing--${state}`} viewBox="0 0 160 112" width="160" height="112" aria-hidden="true" focusable="false">
      <g className="drawing__card">
        <rect x="34" y="6" width="92" height="58" rx="6" />
        <rect className="drawing__chip" x="46" y="24" width="18" height="14" rx="2.5" />
        <path className="drawing__chip" d="M46 31h18M55 24v14" />
        <path d="M76 28h38M76 36h26M46 52h34" />
      </g>
      <g className="drawing__reader">
        <path d="M18 76h124a6 6 0 0 1 6 6v18a6 6 0 0 1-6 6H18a6 6 0 0 1-6-6V82a6 6 0 0 1 6-6z" />
        <path className="drawing__slot" d="M30 84h100" />
      </g>
      {state === 'no-card' && <path className="drawing__arrow" d="M80 42v26m-8-8 8 8 8-8" />}
      {(state === 'refused' || state === 'no-reader') && <path className="drawing__cross" d="m66 86 28 14m0-14L66 100" />}
    </svg>
  )
}
