/** Whether the pad is shuffled: as the till has it, until somebody says otherwise. */

import { useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { useWords } from '../i18n/use-words.ts'
import { useStores } from '../terminal/terminal-context.tsx'

export function useShuffle(): readonly [boolean, (shuffle: boolean) => void] {
  const ofTill = useStore(useStores().till, (till) => till?.shufflePin ?? false)
  const [chosen, choose] = useState<boolean | null>(null)
  return [chosen ?? ofTill, choose]
}

export function ShuffleSwitch({ shuffle, set }: { readonly shuffle: boolean; readonly set: (shuffle: boolean) => void }): ReactNode {
  const t = useWords('pin')
  return (
    <label className="pin__shuffle">
      <input type="checkbox" checked={shuffle} onChange={(event) => set(event.currentTarget.checked)} />
      {t('shuffle')}
    </label>
  )
}
