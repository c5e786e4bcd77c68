/** What became of what was in doubt: whose it is, how much, and how it is known. */

import type { ReactNode } from 'react'
import type { ResolutionView } from '../../electron/contract/settlement-view.ts'
import { Amount } from '../components/amount.tsx'
import { Say } from '../components/say.tsx'
import { useWords } from '../i18n/use-words.ts'

export function ResolutionText({ resolution: { kind, name, visitNo, total, account, cash, outcome, text } }: { readonly resolution: ResolutionView }): ReactNode {
  const t = useWords('in-doubt')
  const sums = kind === 'load' ? ([['load', account]] as const) : ([['total', total], ['account', account], ['cash', cash]] as const)
  return (
    <div>
      <p className="resolution__what">{t(`${kind === 'load' ? 'load' : 'outcome'}-${outcome}`)}</p>
      <p>
        {[name, visitNo].filter((part) => part !== '').map((part) => `${part} · `)}
        {sums.map(([sum, amount]) => (
          <span key={sum} className="resolution__sum">
            {t(sum)} <Amount of={amount} mark />
          </span>
        ))}
      </p>
      <p>
        <Say text={text} />
      </p>
    </div>
  )
}
