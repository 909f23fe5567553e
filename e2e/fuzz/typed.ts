import { parseGs1Path } from '../../lib/core/custody/gs1.ts'
import { MAX_QUANTITY, quantityOf } from '../../lib/core/custody/quantity.ts'
import { formatRecoveryText, parseRecoveryText } from '../../lib/core/custody/recovery-text.ts'
import { formatReference, parseReference } from '../../lib/core/custody/reference.ts'
import { formatFingerprint, parseFingerprint } from '../../lib/core/ledger/vkey.ts'
import { decodeText } from '../../lib/device/importing/decode.ts'
import { readCount, readExpiry, readUnit } from '../../lib/device/paste/cells.ts'
import { readTable } from '../../lib/device/paste/table.ts'
import { readCode } from '../../lib/device/scan/read-code.ts'
import { formatTaking, parseTaking } from '../../lib/device/taking.ts'
import { parseTypedKey } from '../../lib/device/typed-key.ts'
import type { Samples } from './samples.ts'

type Typed = {
  readonly name: string
  readonly samples: readonly string[]
  readonly read: (text: string) => string | undefined
}

/**
 * Readers of what people type, paste and scan. They take many spellings on purpose, so here the rule is another: what was understood, written
 * by us, is understood as the same. The input comes back where that holds.
 */
export function typedTargets(samples: Samples): readonly Typed[] {
  const { references, gs1, recovery, pasted, cells, vkeys } = samples
  const here = { fingerprint: FINGERPRINT, host: 'log.example.org' }
  return [
    typed('reference', references, text => {
      const read = parseReference(text)
      return read.ok ? [read.value, formatReference(read.value)] : undefined
    }),
    typed('GS1 path', gs1, text => {
      const read = parseGs1Path(text)
      return read.ok ? [JSON.stringify(read.value)] : undefined
    }),
    typed('recovery text', recovery, text => {
      const read = parseRecoveryText(text)
      return read.ok ? [Buffer.from(read.value).toString('hex'), formatRecoveryText(read.value)] : undefined
    }),
    exact('fingerprint', [FINGERPRINT], text => {
      const read = parseFingerprint(text)
      return read.ok ? formatFingerprint(read.value) : undefined
    }),
    exact('code of a release', [`#r=${'0a'.repeat(32)}&s=${'9f'.repeat(32)}`], text => {
      const read = parseTaking(text)
      return read && formatTaking(read)
    }),
    typed('typed key', [FINGERPRINT, ...vkeys], text => {
      const read = parseTypedKey(text)
      return read && [JSON.stringify(read), read.vkey ?? read.fingerprint ?? '']
    }),
    typed(
      'scanned code',
      [...references, ...gs1, `https://log.example.org/t/${references[0]}#k=${FINGERPRINT}`],
      text => [readCode(text, here).what],
    ),
    typed('count', cells, text => {
      const read = readCount(text)
      if (!/^(0|[1-9][0-9]*)$/.test(read)) return undefined
      if (read.length <= 12 && quantityOf(read) > MAX_QUANTITY) return undefined
      return [read, read]
    }),
    typed('expiry', cells, text => [readExpiry(text), readExpiry(text)]),
    typed('unit', cells, text => [readUnit(text), readUnit(text)]),
    typed('pasted table', pasted, text => {
      const { rows } = readTable(text)
      const width = rows[0]?.length ?? 0
      return rows.every(row => row.length === width) ? [''] : undefined
    }),
    typed('text of a file', pasted, text => [decodeText(new TextEncoder().encode(text)).encoding]),
  ]
}

const FINGERPRINT = '7ZZZZZZZZZZZZZZZZZZZZZZZ00'

/** `read` gives a meaning and, where there is one, our own writing of it, which must mean the same. */
function typed(
  name: string,
  samples: readonly string[],
  read: (text: string) => readonly [meaning: string, own?: string] | undefined,
): Typed {
  return {
    name,
    samples,
    read: text => {
      const understood = read(text)
      if (!understood) return undefined
      const [meaning, own] = understood
      if (own === undefined) return text
      return read(own)?.[0] === meaning ? text : `${own} does not mean ${meaning}`
    },
  }
}

function exact(name: string, samples: readonly string[], read: (text: string) => string | undefined): Typed {
  return { name, samples, read }
}
