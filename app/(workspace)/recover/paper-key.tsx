'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { parseRecoveryText } from '@/lib/core/custody/recovery-text.ts'
import { paperSigner, type Signer } from '@/lib/device/key.ts'
import { Field, fieldAria } from '../_ui/field.tsx'
import { Finder } from '../scan/finder.tsx'

type Problem = 'recovery-characters' | 'recovery-length' | 'recovery-check' | 'recovery-foreign' | 'recovery-revoked'

/** Takes the printed key, typed or from its code. It is checked here, and never sent. */
export function PaperKey(props: {
  paper: readonly { readonly key: string; readonly isRevoked: boolean }[]
  onSigner: (signer: Signer) => void
}) {
  const { paper, onSigner } = props
  const t = useTranslations()
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<Problem>()
  const [isScanning, setScanning] = useState(false)

  async function read(text: string): Promise<Problem | undefined> {
    const seed = parseRecoveryText(text)
    if (!seed.ok) return seed.code
    const signer = await paperSigner(seed.value)
    const known = paper.find(each => each.key === signer.key)
    if (!known) return 'recovery-foreign'
    if (known.isRevoked) return 'recovery-revoked'
    onSigner(signer)
    return undefined
  }
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(await read(typed))
  }
  const onCodes = async (texts: readonly string[]) => {
    for (const text of texts) setProblem(await read(text))
  }

  const hint = t('firstRun.recover.hint')
  const error = problem && t(`firstRun.recover.problem.${problem}`)
  return (
    <section className="sheet panel grid max-w-[44rem] gap-4">
      <form onSubmit={onSubmit} className="grid gap-4">
        <Field id="paper" label={t('firstRun.recover.label')} hint={hint} error={error}>
          <textarea
            {...fieldAria({ id: 'paper', hint, error })}
            className="input code uppercase tracking-wider"
            dir="ltr"
            rows={4}
            value={typed}
            onChange={event => setTyped(event.target.value)}
            required
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <div className="flex flex-wrap gap-2">
          <button type="submit" className="btn primary">
            {t('firstRun.recover.use')}
          </button>
          <button type="button" className="btn" onClick={() => setScanning(!isScanning)} aria-expanded={isScanning}>
            {t(isScanning ? 'firstRun.recover.noScan' : 'firstRun.recover.scan')}
          </button>
        </div>
      </form>
      {isScanning && (
        <Finder onCodes={texts => void onCodes(texts)} onLate={() => {}} read={undefined} isResting={false} />
      )}
    </section>
  )
}
