/** A prescription that is scanned while another stands replaces nothing of itself: which of the two it is to be is asked. */

import { lazy, Suspense, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { usePick, useWords } from '../../i18n/use-words.ts'
import { useSale } from './use-sale.ts'

const DropDialog = lazy(async () => ({ default: (await import('../../components/drop-dialog.tsx')).DropDialog }))

export function SecondPrescription(): ReactNode {
  const t = useWords('pharmacy')
  const pick = usePick()
  const { sale, actions } = useSale()
  const second = useStore(sale, (state) => state.second)
  if (second === null) return null
  return (
    <Suspense>
      <DropDialog
        loss={{ title: t('rx-second'), text: `${pick(second.refusal.what)} ${t('rx-second-loss')}` }}
        words={{ keep: t('rx-second-keep'), drop: t('rx-second-take') }}
        keep={() => sale.setState({ second: null })}
        drop={() => void actions.takeSecond()}
      />
    </Suspense>
  )
}
