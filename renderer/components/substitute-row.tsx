/** One drug that could be taken instead: its light, its price, and why. */

import type { ReactNode } from 'react'
import type { SubstituteView } from '../../electron/contract/sale-view.ts'
import { Amount } from './amount.tsx'
import { LightMark } from './light-mark.tsx'
import { Say } from './say.tsx'

export function SubstituteRow({ of: { name, spec, price, light, sentence } }: { readonly of: SubstituteView }): ReactNode {
  return (
    <>
      <LightMark of={light} />
      <span className="substitutes__name">
        <strong>{name}</strong> {spec}
      </span>
      <Amount of={price} mark />
      <span className="substitutes__why">
        <Say text={sentence} />
      </span>
    </>
  )
}
