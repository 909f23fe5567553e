import { unlessAway } from '../../api/unless-away.ts'
import { resolveGs1 } from './resolve.ts'

/** The address of a logistic unit on a label, `/00/<SSCC>`. */
export const GET = unlessAway(resolveGs1)
