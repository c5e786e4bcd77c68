/** What proves the settlement: what the card signed, the serials, the fact in the ledger, the rules that were applied. */

import type { ReactNode } from 'react'
import type { StatementView } from '../../../electron/contract/settlement-view.ts'
import { Say } from '../../components/say.tsx'
import { useWords } from '../../i18n/use-words.ts'

export function RecordProof({ statement: { proof, ledger, policy, terminalNo, institution } }: { readonly statement: StatementView }): ReactNode {
  const t = useWords('records')
  return (
    <section className="record__part" aria-label={t('proof')}>
      <h3>{t('proof')}</h3>
      <dl className="record__facts">
        {proof === null ? (
          <Fact name={t('tac')}>{t('no-proof')}</Fact>
        ) : (
          <>
            <Fact name={t('tac')}>{proof.tac ?? '—'}</Fact>
            <Fact name={t('mac2')}>{proof.mac2 ?? '—'}</Fact>
            <Fact name={t('card-serial')}>{`${proof.serialBefore} → ${proof.serialAfter}`}</Fact>
            <Fact name={t('terminal-serial')}>{proof.terminalSerial}</Fact>
          </>
        )}
        <Fact name={t('ledger')}>{`${ledger.sequence}:${ledger.hash}`}</Fact>
        <Fact name={t('policy')}>
          <Say text={policy.name} /> {`${policy.region} · ${policy.version}`}
        </Fact>
        <Fact name={t('terminal')}>{terminalNo}</Fact>
        <Fact name={t('institution')}>{institution.code}</Fact>
      </dl>
    </section>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
