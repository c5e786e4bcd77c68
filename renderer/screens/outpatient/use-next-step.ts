import { useStore } from 'zustand'
import { useStores } from '../../terminal/terminal-context.tsx'
import { nextStep, type NextStep } from './next-step.ts'
import { useShownBill } from './use-shown-bill.ts'

export function useNextStep(): NextStep {
  const stores = useStores()
  const host = useStore(stores.host)
  const panel = useStore(stores.panel)
  const inDoubt = useStore(stores.inDoubt)
  const queue = useStore(stores.queue)
  return nextStep({ host, panel, inDoubt, queue, bill: useShownBill() })
}
