/** The account and the tries that are left: the two things about a card that a cashier looks at before the PIN. */

import type { ReactNode } from 'react'
import { never } from '../../../../base/invariant.ts'
import type { CardView } from '../../../../electron/contract/card-view.ts'
import { Amount } from '../../../components/amount.tsx'
import { Button } from '../../../components/button.tsx'
import { Say } from '../../../components/say.tsx'
import { useWords } from '../../../i18n/use-words.ts'
import { useHotkey } from '../../../keys/hotkeys.tsx'
import { TriesLeft } from '../../../pin/tries-left.tsx'
import { useCounter } from '../counter-context.tsx'

export function AccountBlock({ card }: { readonly card: CardView }): ReactNode {
  const t = useWords('outpatient')
  const { store } = useCounter()
  const mayAsk = card.account.state === 'after-pin' && card.triesLeft !== 0
  const ask = (): void => store.setState({ onTop: 'pin' })
  useHotkey('Shift+F5', t('show-balance'), ask, mayAsk)
  return (
    <div className="account">
      <span className="account__label">{t('account-balance')}</span>
      {mayAsk && (
        <Button hotkey="Shift+F5" onClick={ask}>
          {t('show-balance')}
        </Button>
      )}
      {card.verified && <span className="account__verified">{t('pin-verified')}</span>}
      <span className="account__balance" aria-live="polite">
        <Balance card={card} />
      </span>
      {card.triesLeft !== null && <TriesLeft left={card.triesLeft} />}
      {card.owed.map(({ owed, amount, reason }) => (
        <p key={owed} className="account__owed">
          <span>
            {t('owed-to-card')} <Amount of={amount} mark /> <Say text={reason} />
          </span>
          <Button onClick={() => store.setState({ onTop: 'load', toLoad: owed })}>{t('load-owed')}</Button>
        </p>
      ))}
    </div>
  )
}

function Balance({ card: { account } }: { readonly card: CardView }): ReactNode {
  const t = useWords('outpatient')
  switch (account.state) {
    case 'on-card':
      return <Amount of={account.balance} mark />
    case 'after-pin':
      return <span className="account__unknown">{t('after-pin')}</span>
    case 'at-centre':
      return <span className="account__unknown">{t('at-centre')}</span>
    default:
      return never(account)
  }
}
