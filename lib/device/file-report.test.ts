import { expect, test } from '@playwright/test'
import { utf8Encode } from '../core/bytes.ts'
import { checkpointOf, evidenceOf, fileOf, packed, vkeyOf } from '../core/evidence/evidence.fixture.ts'
import { policyFor } from './file-report.ts'

test('a file is held to the witnesses that this browser asks of its log, and of no other log', async () => {
  const story = await packed('log.example.org')
  const bytes = fileOf(await evidenceOf(story.log, story.subject))
  const pin = { origin: 'log.example.org', vkey: vkeyOf('log.example.org'), checkpointNote: checkpointOf(story.log) }
  expect(policyFor(bytes, { ...pin, policy: 'quorum none\n' })).toBe('quorum none\n')
  expect(policyFor(bytes, { ...pin, origin: 'other.example.org', policy: 'quorum none\n' })).toBeUndefined()
  expect(policyFor(bytes, pin)).toBeUndefined()
  expect(policyFor(bytes, undefined)).toBeUndefined()
  expect(policyFor(utf8Encode('hello'), { ...pin, policy: 'quorum none\n' })).toBeUndefined()
})
