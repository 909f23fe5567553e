import { expect, test } from '@playwright/test'
import { paths } from './paths.ts'

test('the addresses that are printed or given to others do not change', () => {
  const reference = '7K3Q9XMD2TK'
  expect({
    track: paths.track(reference),
    label: paths.label({ reference, fingerprint: 'MRR77X26MSVX4XSBQSZ45WA3H0' }),
    evidence: paths.evidence(reference),
    proof: paths.proof('ab'.repeat(32)),
    checkpoint: paths.checkpoint(),
    vkey: paths.vkey(),
  }).toEqual({
    track: '/track/7K3Q9XMD2TK',
    label: '/t/7K3Q9XMD2TK#k=MRR77X26MSVX4XSBQSZ45WA3H0',
    evidence: '/api/evidence/7K3Q9XMD2TK',
    proof: `/api/events/${'ab'.repeat(32)}/proof`,
    checkpoint: '/log/checkpoint',
    vkey: '/log/vkey',
  })
})

test('what was typed cannot lead to another page', () => {
  expect(paths.track('../log')).toBe('/track/..%2Flog')
  expect(paths.track('a?b#c')).toBe('/track/a%3Fb%23c')
})
