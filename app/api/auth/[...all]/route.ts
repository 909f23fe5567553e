import { auth } from '@/lib/auth/auth.ts'
import { answer } from '@/lib/auth/handler.ts'

async function handle(request: Request): Promise<Response> {
  return answer(request, await auth())
}

export { handle as GET, handle as POST }
