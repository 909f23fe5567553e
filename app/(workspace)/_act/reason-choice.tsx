'use client'
import { useId } from 'react'
import { Choice } from '../_ui/choice.tsx'
import { useWords } from './use-words.ts'

/** A reason from a closed list; none is chosen until somebody does. */
export function ReasonChoice<Reason extends string>({
  legend,
  reasons,
  value,
  onChoose,
}: {
  legend: string
  reasons: readonly Reason[]
  value: string | undefined
  onChoose: (reason: Reason) => void
}) {
  const { t } = useWords()
  const options = reasons.map((value: Reason) => ({ value, label: t(`reasons.${value as string}`) }))
  return (
    <Choice name={useId()} legend={legend} options={options} value={value as Reason | undefined} onChoose={onChoose} />
  )
}
