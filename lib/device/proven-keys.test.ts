import { expect, test } from '@playwright/test'
import type { KeyState } from '../core/custody/state.ts'
import { compareKeys, type ShownKey } from './proven-keys.ts'

const name = (digit: string) => digit.repeat(32)
const [A, B, C] = [name('a'), name('b'), name('c')]

const log = (key: string, revoked?: number) =>
  ({ key, ...(revoked !== undefined && { revoked: { index: revoked, reason: 'lost' } }) }) as KeyState
const page = (key: string, enrolled: number, revoked?: number): ShownKey => ({
  key,
  enrolled,
  ...(revoked !== undefined && { revoked }),
})
const NOTHING = { hidden: [], added: [], revokedOnLog: [], liveOnLog: [], unsealed: [] }

test('a page that shows the keys as the log has them is whole', () => {
  const proven = { keys: [log(A), log(B, 9)], checkpointSize: 12 }
  expect(compareKeys([page(B, 5, 9), page(A, 4)], proven)).toEqual(NOTHING)
  expect(compareKeys([], { keys: [], checkpointSize: 12 })).toEqual(NOTHING)
})

test('a key that the page hides and one that it adds are named', () => {
  const proven = { keys: [log(A), log(B)], checkpointSize: 12 }
  expect(compareKeys([page(A, 4), page(C, 6)], proven)).toEqual({ ...NOTHING, hidden: [B], added: [C] })
})

test('a revocation that the page hides and one that it makes up are named', () => {
  const proven = { keys: [log(A, 8), log(B)], checkpointSize: 12 }
  expect(compareKeys([page(A, 4), page(B, 5, 9)], proven)).toEqual({ ...NOTHING, revokedOnLog: [A], liveOnLog: [B] })
})

test('what is newer than the signed list is neither proven nor wrong, and said apart', () => {
  const proven = { keys: [log(A)], checkpointSize: 12 }
  expect(compareKeys([page(A, 4, 12), page(C, 13)], proven)).toEqual({ ...NOTHING, unsealed: [C, A] })
  // One place earlier the list would hold it.
  expect(compareKeys([page(A, 4, 11), page(C, 11)], proven)).toEqual({ ...NOTHING, added: [C], liveOnLog: [A] })
})
