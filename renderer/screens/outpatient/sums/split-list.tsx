/** The sums in the order in which they come about: what is the patient's own, what the fund takes on, what is left. */

import { Fragment, type ReactNode } from 'react'
import type { ClosedFundView, SumsView } from '../../../../electron/contract/bill-view.ts'
import type { Text, Yuan } from '../../../../electron/contract/text.ts'
import { Amount } from '../../../components/amount.tsx'
import { Say } from '../../../components/say.tsx'
import { usePick, useWords } from '../../../i18n/use-words.ts'
import { AccountUse } from './account-use.tsx'

interface SplitListProps {
  /** null: nothing is computed; the same rows stand with dashes, so that nothing jumps when it is. */
  readonly sums: SumsView | null
  readonly useAccount: '0' | '1' | '2'
  /** Lines of a sale that may not be handed over: no sum has them. */
  readonly withheld: number
}

export function SplitList({ sums, useAccount, withheld }: SplitListProps): ReactNode {
  const t = useWords('outpatient')
  return (
    <dl className="split">
      <Row name={t('total')} note={withheld === 0 ? undefined : <strong className="split__withheld">{t('without-withheld', { n: withheld })}</strong>} amount={sums?.total ?? null} strong />
      <Row name={t('own-pay')} amount={sums?.ownPay ?? null} inset />
      <Row name={t('over-ceiling')} amount={sums?.overCeiling ?? null} inset />
      <Row name={t('pre-pay')} amount={sums?.prePay ?? null} inset />
      <Row name={t('in-scope')} amount={sums?.inScope ?? null} inset />
      {(sums === null || sums.deductible !== null) && (
        <Row
          name={t('deductible')}
          note={sums === null || sums.deductible === null ? undefined : <DeductibleNote of={sums.deductible} hasElsewhere={sums.yearHasElsewhere} />}
          amount={sums?.deductible?.paid ?? null}
        />
      )}
      <Row name={t('fund')} note={sums?.ratio ?? undefined} amount={sums?.fundPaid ?? null} strong />
      {sums !== null && sums.funds.length > 1 && (
        <Fragment>
          {sums.funds.filter(({ fund }) => !sums.closedFunds.some((closed) => closed.fund === fund)).map(({ fund, name, paid }) => (
            <Row key={fund} name={<Say text={name} />} amount={paid} inset />
          ))}
        </Fragment>
      )}
      {sums !== null && sums.notInForce !== null && <NotInForce how={sums.notInForce} />}
      {sums?.closedFunds.map((closed) => <ClosedFund key={closed.fund} of={closed} />)}
      <Row name={t('personal')} amount={sums?.personal ?? null} strong />
      <AccountUse sums={sums} flag={useAccount} />
    </dl>
  )
}

function NotInForce({ how }: { readonly how: Text }): ReactNode {
  return <NoFund what={<Say text={how} />} why={useWords('outpatient')('no-fund-pays')} />
}

function ClosedFund({ of: { name, why } }: { readonly of: ClosedFundView }): ReactNode {
  const t = useWords('outpatient')
  const pick = usePick()
  return <NoFund what={t('fund-not-enjoyed', { fund: pick(name) })} why={why === null ? t('centre-says-so') : t('centre-says', { why })} />
}

/** The patient asks why the fund pays nothing: the answer stands where the amount is missed. */
function NoFund({ what, why }: { readonly what: ReactNode; readonly why: string }): ReactNode {
  const t = useWords('outpatient')
  return (
    <div className="split__row split__row--inset split__row--closed">
      <dt>{what}</dt>
      <dd>
        {why}
        <span className="split__hint">{t('centre-again')}</span>
      </dd>
    </div>
  )
}

interface DeductibleNoteProps {
  readonly of: NonNullable<SumsView['deductible']>
  readonly hasElsewhere: boolean
}

/** Whoever was never here and has used some of it asks where. */
function DeductibleNote({ of: { left, ofYear }, hasElsewhere }: DeductibleNoteProps): ReactNode {
  const t = useWords('outpatient')
  return (
    <>
      {t('deductible-left')} <Amount of={left} /> / <Amount of={ofYear} />
      {hasElsewhere && <span className="split__hint">{t('year-has-elsewhere')}</span>}
    </>
  )
}

interface RowProps {
  readonly name: ReactNode
  readonly amount: Yuan | null
  readonly note?: ReactNode
  readonly strong?: boolean
  readonly inset?: boolean
}

export function Row({ name, amount, note, strong = false, inset = false }: RowProps): ReactNode {
  return (
    <div className={`split__row${strong ? ' split__row--strong' : ''}${inset ? ' split__row--inset' : ''}`}>
      <dt>
        {name}
        {note !== undefined && <span className="split__note">{note}</span>}
      </dt>
      <dd>
        <Amount of={amount} />
      </dd>
    </div>
  )
}
