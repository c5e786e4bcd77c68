/** What a pharmacy's paper says beside a line: how it is taken, why no fund paid, and the code of every pack. */

import type { ReactNode } from 'react'
import type { StatementSaleLine } from '../../electron/contract/settlement-view.ts'
import { Both, BothOf } from './both-languages.tsx'

export function SoldAs({ sale: { packs, dose, frequency, days, ownPayReason, returnOf } }: { readonly sale: StatementSaleLine }): ReactNode {
  const taken = [dose, frequency].filter((part) => part !== null).join(' ')
  return (
    <span className="sheet__sold">
      {returnOf !== null && (
        <span>
          <Both word="returned" />
        </span>
      )}
      {(taken !== '' || days !== null) && (
        <span>
          {taken} {days !== null && <Both word="n-days" n={Number(days)} />}
        </span>
      )}
      {ownPayReason !== null && (
        <span>
          <BothOf text={ownPayReason} />
        </span>
      )}
      {packs.length > 0 && (
        <span className="sheet__packs">
          <Both word="traceCodes" />{' '}
          {packs.map(({ traceCode, isSplit }) => (
            <span key={traceCode} className="sheet__pack">
              {traceCode}
              {isSplit && (
                <>
                  {' '}
                  <Both word="splitPack" />
                </>
              )}
            </span>
          ))}
        </span>
      )}
    </span>
  )
}
