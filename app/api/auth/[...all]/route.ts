import { auth } from '@/lib/auth/auth.ts'
import { answer } from '@/lib/auth/handler.ts'
import { unlessAway } from '../../unless-away.ts'

const handle = unlessAway(async (request: Request) => answer(request, await auth()))

export { handle as GET, handle as POST }
