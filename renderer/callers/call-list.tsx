/** What callers asked of the card last, newest first; what was refused stands out by a sign, a word and a colour. */

import type { ReactNode } from 'react'
import type { CallView } from '../../electron/contract/driver-view.ts'
import { Say } from '../components/say.tsx'
import { useWords } from '../i18n/use-words.ts'

export function CallList({ calls }: { readonly calls: readonly CallView[] }): ReactNode {
  const t = useWords('callers')
  return (
    <div className="callers__part">
      <h3>{t('calls')}</h3>
      {calls.length === 0 && <p className="callers__none">{t('calls-none')}</p>}
      {calls.length > 0 && (
        <table className="calls">
          <thead className="unseen">
            <tr>
              <th scope="col">{t('time')}</th>
              <th scope="col">{t('caller')}</th>
              <th scope="col">{t('function')}</th>
              <th scope="col">{t('outcome')}</th>
            </tr>
          </thead>
          <tbody>
            {calls.map(({ number, at, caller, name, code, words }) => (
              <tr key={number} className={code === 0 ? undefined : 'calls__refused'}>
                <td>{at}</td>
                <td>{caller}</td>
                <td className="calls__function">{name}</td>
                <td>
                  <span aria-hidden="true">{code === 0 ? '✓' : '✕'}</span> <Say text={words} />
                  {code !== 0 && <span className="calls__code"> {code}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
