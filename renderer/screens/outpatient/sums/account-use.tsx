/** What the account pays, and the switch that says whose: nobody's, the holder's, then the family's. */

import type { ReactNode } from 'react'
import type { SumsView } from '../../../../electron/contract/bill-view.ts'
import { Amount } from '../../../components/amount.tsx'
import { KeyCap } from '../../../components/button.tsx'
import { useWords } from '../../../i18n/use-words.ts'
import { useHotkey } from '../../../keys/hotkeys.tsx'
import { useCounter } from '../counter-context.tsx'

const FLAGS = ['0', '1', '2'] as const
type Flag = (typeof FLAGS)[number]

const AFTER: Readonly<Record<Flag, Flag>> = { '0': '1', '1': '2', '2': '0' }

export function AccountUse({ sums, flag }: { readonly sums: SumsView | null; readonly flag: Flag }): ReactNode {
  const t = useWords('outpatient')
  const { actions } = useCounter()
  useHotkey('F9', t('use-account'), () => void actions.payFrom(AFTER[flag]), sums !== null)
  return (
    <div className="split__row split__row--account">
      <dt>
        {t('account')}
        <span className="split__note">
          {sums?.accountKnown === false && t('after-pin')}
          {sums !== null && sums.accountAfter !== null && (
            <>
              {t('balance-after')} <Amount of={sums.accountAfter} />
            </>
          )}
        </span>
      </dt>
      <dd>
        <Amount of={sums === null || !sums.accountKnown ? null : sums.account} />
      </dd>
      <dd className="split__choice">
        <div className="account-use" role="radiogroup" aria-label={t('use-account')}>
        {FLAGS.map((each) => (
          <label key={each} className="account-use__one">
            <input
              type="radio"
              name="use-account"
              value={each}
              checked={each === flag}
              disabled={sums === null}
              onChange={() => void actions.payFrom(each)}
            />
            <span>{t(`use-account-${each}`)}</span>
          </label>
        ))}
        <KeyCap>F9</KeyCap>
        </div>
      </dd>
    </div>
  )
}
