import { expect, test } from '@playwright/test'
import { evidenceOf, fileOf, handOver, packed } from '../core/evidence/evidence.fixture.ts'
import { OURS } from '../core/evidence/judge.fixture.ts'
import { verifyEvidence } from '../core/evidence/verify.ts'
import { verifyNatively } from './ed25519.ts'
import { formatReport } from './report-text.ts'

async function printed(more: { without?: readonly number[]; replayedBy?: readonly string[]; index?: boolean } = {}) {
  const { without = [], replayedBy = [], index = true } = more
  const story = await packed('log.example.org', { index })
  await handOver(story, story.donor, story.carrier)
  const bytes = fileOf(await evidenceOf(story.log, story.subject, { without }))
  const check = { name: 'witnesses', outcome: 'pass', code: 'ok', detail: '' } as const
  const witnesses = async () => ({ check, replayedBy })
  const trusted = { ...OURS, policy: 'quorum none' }
  return formatReport(await verifyEvidence({ bytes, trusted, verify: verifyNatively, witnesses }))
}

test('that nothing newer is left out is the operator’s word, until somebody who replayed the log confirms it', async () => {
  expect(await printed()).toContain('(on the operator’s word; anyone can replay the log)')
  expect(await printed({ replayedBy: ['witness.example'] })).toContain(
    '(confirmed by witness.example, who replayed the log)',
  )
  expect(await printed({ index: false })).toContain('a newer record may exist that the file does not show')
})

test('a file without its newest record prints how many the log has committed to', async () => {
  const said = await printed({ without: [12] })
  expect(said).toContain('FAILED')
  expect(said).toMatch(/map-count-differs: consignment\/\w+: 3 by the index, 2 here/)
})
