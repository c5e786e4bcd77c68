/** The parts that both papers share: whose visit it was, who paid, what was handed back, and what proves it. */

import type { ReactNode } from 'react'
import type { RefundView, StatementView } from '../../electron/contract/settlement-view.ts'
import type { Yuan } from '../../electron/contract/text.ts'
import { Amount } from '../components/amount.tsx'
import { Both, BothOf, type StatementWord } from './both-languages.tsx'

interface OfStatement {
  readonly statement: StatementView
}

interface FactProps {
  readonly word: StatementWord
  /** number: a long one, which takes a line of its own on a roll. */
  readonly look?: 'plain' | 'wide' | 'wide number'
  readonly children: ReactNode
}

const classes = (part: string, look: string): string => [part, ...look.split(' ').map((name) => `${part}--${name}`)].join(' ')

export function Fact({ word, look = 'plain', children }: FactProps): ReactNode {
  return (
    <div className={classes('sheet__fact', look)}>
      <dt>
        <Both word={word} />
      </dt>
      <dd>{children}</dd>
    </div>
  )
}

export function Holder({ statement: { sale, holder, visit, institution, settledAt, terminalNo } }: OfStatement): ReactNode {
  return (
    <dl className="sheet__facts">
      <Fact word="name">
        <strong>{holder.name}</strong>
      </Fact>
      <Fact word="citizen" look="wide">
        {holder.citizenNumber}
      </Fact>
      <Fact word="card">{holder.cardNumber}</Fact>
      <Fact word="insurance" look="wide">
        <BothOf text={holder.insutypeName} />
      </Fact>
      <Fact word="person">
        <BothOf text={holder.personClass} />
      </Fact>
      <Fact word="visited">
        <span className="sheet__time">{visit.begins}</span>
      </Fact>
      <Fact word="institution">{institution.code}</Fact>
      <Fact word="visitType">
        <BothOf text={visit.visitType.name} />
      </Fact>
      <Fact word="settled">
        <span className="sheet__time">{settledAt}</span>
      </Fact>
      <Fact word="terminal">{terminalNo}</Fact>
      {visit.department !== '' && <Fact word="department">{visit.department}</Fact>}
      {visit.doctor !== '' && <Fact word="doctor">{visit.doctor}</Fact>}
      {visit.disease !== '' && <Fact word="disease">{visit.disease}</Fact>}
      {sale?.rx && (
        <Fact word={`rx-${sale.rx.kind}`} look="wide number">
          {[sale.rx.number, sale.rx.issuedOn, sale.rx.institution].filter((part) => part !== '').join(' · ')}
        </Fact>
      )}
      {sale !== null && sale.replaces !== null && (
        <Fact word="replaces" look="wide number">
          {sale.replaces}
        </Fact>
      )}
    </dl>
  )
}

interface EntryProps {
  readonly label: ReactNode
  readonly of: Yuan
  /** part: of the entry above it. */
  readonly look?: 'plain' | 'part' | 'strong' | 'strong part'
}

export function Entry({ label, of, look = 'plain' }: EntryProps): ReactNode {
  return (
    <div className={classes('sheet__entry', look)}>
      <dt>{label}</dt>
      <dd>
        <Amount of={of} />
      </dd>
    </div>
  )
}

function Block({ word, children }: { readonly word: StatementWord; readonly children: ReactNode }): ReactNode {
  return (
    <section className="sheet__block">
      <h2>
        <Both word={word} />
      </h2>
      <dl>{children}</dl>
    </section>
  )
}

export function Sums({ statement: { sums, invoice, balance } }: OfStatement): ReactNode {
  return (
    <div className="sheet__sums">
      <Block word="whoPays">
        {sums.funds.map(({ fund, name, paid }) => (
          <Entry key={fund} label={<BothOf text={name} />} of={paid} />
        ))}
        {sums.funds.length !== 1 && <Entry label={<Both word="fundPaid" />} of={sums.fundPaid} />}
        <Entry label={<Both word="personal" />} of={sums.personal} />
        <Entry label={<Both word="account" />} of={sums.account} look="part" />
        {sums.mutualAid !== '0.00' && <Entry label={<Both word="mutualAid" />} of={sums.mutualAid} look="part" />}
        <Entry label={<Both word="cash" />} of={sums.cash} look="strong part" />
        <Entry label={<Both word="deductible" />} of={sums.deductible} />
      </Block>
      <Block word="invoice">
        <Entry label={<Both word="selfCare" />} of={invoice.selfCare} />
        <Entry label={<Both word="ownExpense" />} of={invoice.ownExpense} />
        <Entry label={<Both word="invoiceInScope" />} of={invoice.inScope} />
        <Entry label={<Both word="selfPay" />} of={invoice.selfPay} />
        {balance === null ? (
          <div className="sheet__entry">
            <dt>
              <Both word="atCentre" />
            </dt>
            <dd />
          </div>
        ) : (
          <>
            <Entry label={<Both word="balanceBefore" />} of={balance.before} />
            {balance.after !== null && <Entry label={<Both word="balanceAfter" />} of={balance.after} look="strong" />}
          </>
        )}
      </Block>
    </div>
  )
}

/** Stands beside the till's own amounts, which stay as they were charged. */
export function BookedAmounts({ confirmation }: Pick<StatementView, 'confirmation'>): ReactNode {
  if (confirmation.state !== 'adjusted') return null
  const { fundPaid, account, cash } = confirmation.booked
  return (
    <div className="sheet__refund">
      <Block word="centreBooked">
        <Entry label={<Both word="fundPaid" />} of={fundPaid} />
        <Entry label={<Both word="account" />} of={account} />
        <Entry label={<Both word="cash" />} of={cash} look="strong" />
      </Block>
      <p>
        <BothOf text={confirmation.reason} />
      </p>
    </div>
  )
}

export function Refund({ refund }: { readonly refund: RefundView }): ReactNode {
  return (
    <div className="sheet__refund">
      <Block word="refund">
        <Entry label={<Both word="refundCash" />} of={refund.cash} look="strong" />
        <Entry label={<Both word="refundFund" />} of={refund.fund} />
        {refund.loaded === null ? (
          <Entry label={<Both word="owed" />} of={refund.owedToCard} />
        ) : (
          <Entry label={<Both word="loaded" />} of={refund.loaded.amount} />
        )}
      </Block>
      <dl className="sheet__facts">
        <Fact word="refundNo" look="wide number">
          {refund.correctionId}
        </Fact>
        <Fact word="refundAt">{refund.at}</Fact>
        <Fact word="reason" look="wide">
          {refund.reason}
        </Fact>
      </dl>
      {refund.owedToCard !== '0.00' && (
        <p>
          <Both word="owedNote" />
        </p>
      )}
    </div>
  )
}

export function Proof({ statement: { proof, ledger, policy, confirmation } }: OfStatement): ReactNode {
  return (
    <dl className="sheet__facts sheet__proof">
      {proof !== null && (
        <>
          {proof.tac !== null && <Fact word="tac">{proof.tac}</Fact>}
          {proof.mac2 !== null && <Fact word="mac2">{proof.mac2}</Fact>}
          <Fact word="cardSerial">
            {proof.serialBefore} → {proof.serialAfter}
          </Fact>
          <Fact word="terminalSerial">{proof.terminalSerial}</Fact>
        </>
      )}
      {'setlId' in confirmation && (
        <Fact word="setlId" look="wide number">
          {confirmation.setlId}
        </Fact>
      )}
      <Fact word="ledger">
        {ledger.sequence}:{ledger.hash}
      </Fact>
      <Fact word="policy">
        {policy.region} · {policy.version}
      </Fact>
    </dl>
  )
}
