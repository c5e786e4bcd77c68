/** A card came back and answered: said on the screen until it is read, whatever is open. */

import { useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { Button } from '../components/button.tsx'
import { Say } from '../components/say.tsx'
import { inDoubt } from '../i18n/in-doubt.ts'
import { useWords } from '../i18n/use-words.ts'
import { addWords } from '../i18n/words.ts'
import { useStores } from '../terminal/terminal-context.tsx'

addWords('in-doubt', inDoubt)

export function ResolvedNotice(): ReactNode {
  const t = useWords('in-doubt')
  const resolutions = useStore(useStores().resolutions)
  const [read, setRead] = useState(resolutions)
  const shown = read === resolutions ? [] : resolutions
  return (
    <div className="notices" role="status">
      {shown.map(({ settlementId, visitNo, outcome, text }, index) => (
        <div key={settlementId} className={`resolution resolution--${outcome} notices__one`}>
          <div>
            <p className="resolution__what">{t(`outcome-${outcome}`)}</p>
            <p>
              {visitNo} · <Say text={text} />
            </p>
          </div>
          {index === 0 && <Button onClick={() => setRead(resolutions)}>{t('understood')}</Button>}
        </div>
      ))}
    </div>
  )
}
