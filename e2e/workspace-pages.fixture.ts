import { acts } from './workspace-acts.fixture.ts'
import { desks, drafts } from './workspace-desk.fixture.ts'
import { doors, people } from './workspace-doors.fixture.ts'
import { founding } from './workspace-founding.fixture.ts'
import { notices } from './workspace-notices.fixture.ts'
import { papers } from './workspace-papers.fixture.ts'
import { keys, outbox, parties, provenKeys, scanner } from './workspace-rooms.fixture.ts'
import type { Stage } from './workspace-stage.fixture.ts'

/** Every page of the workspace in every state worth looking at, by area. What is checked for accessibility and what is rendered to be looked at. */
export const WORKSPACE_PAGES: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'signing in, invitations, passwords': doors,
  'an account and its colleagues': people,
  'today, the lists, and each consignment': desks,
  'drafts and labels': drafts,
  'a spreadsheet, the labels of several, GS1 keys': papers,
  'every form that signs, waybills and codes': acts,
  'the keys of a device and of a party': keys,
  'a list of keys that is proven, and one that is not': provenKeys,
  'what waits on a device, and what was refused': outbox,
  'the parties and the public page of one': parties,
  'what a party is told': notices,
  'the scanner': scanner,
  'founding a log and recovering from a lost device': founding,
}
