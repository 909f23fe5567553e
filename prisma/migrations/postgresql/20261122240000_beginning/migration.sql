-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Leaf" (
    "leafIndex" INTEGER NOT NULL,
    "subject" TEXT COLLATE "C" NOT NULL,
    "seq" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    "leafHash" BYTEA NOT NULL,
    "recordedAt" BIGINT NOT NULL,
    "inEffect" BOOLEAN NOT NULL,
    "reason" TEXT COLLATE "C",

    CONSTRAINT "Leaf_pkey" PRIMARY KEY ("leafIndex")
);

-- CreateTable
CREATE TABLE "EventName" (
    "hash" TEXT COLLATE "C" NOT NULL,
    "leafIndex" INTEGER NOT NULL,

    CONSTRAINT "EventName_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "Node" (
    "level" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "Node_pkey" PRIMARY KEY ("level","position")
);

-- CreateTable
CREATE TABLE "Head" (
    "id" INTEGER NOT NULL,
    "size" INTEGER NOT NULL,
    "root" BYTEA NOT NULL,
    "edge" BYTEA NOT NULL,
    "recordedAt" BIGINT NOT NULL,
    "alarm" TEXT COLLATE "C",

    CONSTRAINT "Head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Checkpoint" (
    "size" INTEGER NOT NULL,
    "root" BYTEA NOT NULL,
    "note" TEXT COLLATE "C" NOT NULL,
    "signedAt" BIGINT NOT NULL,

    CONSTRAINT "Checkpoint_pkey" PRIMARY KEY ("size")
);

-- CreateTable
CREATE TABLE "IndexLeaf" (
    "size" INTEGER NOT NULL,
    "root" BYTEA NOT NULL,
    "mapRoot" BYTEA NOT NULL,
    "recordedAt" BIGINT NOT NULL,

    CONSTRAINT "IndexLeaf_pkey" PRIMARY KEY ("size")
);

-- CreateTable
CREATE TABLE "MapTile" (
    "path" TEXT COLLATE "C" NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "MapTile_pkey" PRIMARY KEY ("path")
);

-- CreateTable
CREATE TABLE "Cosignature" (
    "size" INTEGER NOT NULL,
    "witness" TEXT COLLATE "C" NOT NULL,
    "line" TEXT COLLATE "C" NOT NULL,
    "signedAt" BIGINT NOT NULL,

    CONSTRAINT "Cosignature_pkey" PRIMARY KEY ("size","witness")
);

-- CreateTable
CREATE TABLE "Witness" (
    "vkey" TEXT COLLATE "C" NOT NULL,
    "size" INTEGER NOT NULL,
    "signedAt" BIGINT,
    "askedAt" BIGINT NOT NULL,
    "problem" TEXT COLLATE "C",
    "detail" TEXT COLLATE "C",

    CONSTRAINT "Witness_pkey" PRIMARY KEY ("vkey")
);

-- CreateTable
CREATE TABLE "Opening" (
    "leafIndex" INTEGER NOT NULL,
    "field" TEXT COLLATE "C" NOT NULL,
    "salt" TEXT COLLATE "C" NOT NULL,
    "value" TEXT COLLATE "C" NOT NULL,
    "isPublic" BOOLEAN NOT NULL,

    CONSTRAINT "Opening_pkey" PRIMARY KEY ("leafIndex","field")
);

-- CreateTable
CREATE TABLE "Projected" (
    "id" INTEGER NOT NULL,
    "size" INTEGER NOT NULL,

    CONSTRAINT "Projected_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Consignment" (
    "reference" TEXT COLLATE "C" NOT NULL,
    "mode" TEXT COLLATE "C" NOT NULL,
    "founder" TEXT COLLATE "C" NOT NULL,
    "consignee" TEXT COLLATE "C",
    "stage" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "lines" INTEGER NOT NULL,
    "quantity" BIGINT NOT NULL,
    "unit" TEXT COLLATE "C" NOT NULL,
    "searchText" TEXT COLLATE "C" NOT NULL,
    "recordedAt" BIGINT NOT NULL,
    "leafIndex" INTEGER NOT NULL,
    "eventCount" INTEGER NOT NULL,

    CONSTRAINT "Consignment_pkey" PRIMARY KEY ("reference")
);

-- CreateTable
CREATE TABLE "Party" (
    "reference" TEXT COLLATE "C" NOT NULL,
    "type" TEXT COLLATE "C" NOT NULL,
    "suspended" BOOLEAN NOT NULL,
    "nameLeaf" INTEGER NOT NULL,

    CONSTRAINT "Party_pkey" PRIMARY KEY ("reference")
);

-- CreateTable
CREATE TABLE "Key" (
    "key" TEXT COLLATE "C" NOT NULL,
    "publicKey" TEXT COLLATE "C" NOT NULL,
    "party" TEXT COLLATE "C" NOT NULL,
    "role" TEXT COLLATE "C" NOT NULL,
    "held" TEXT COLLATE "C" NOT NULL,
    "until" TEXT COLLATE "C",
    "byOperator" BOOLEAN NOT NULL,
    "enrolledAt" INTEGER NOT NULL,
    "revokedAt" INTEGER,

    CONSTRAINT "Key_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Part" (
    "consignment" TEXT COLLATE "C" NOT NULL,
    "party" TEXT COLLATE "C" NOT NULL,
    "holds" BOOLEAN NOT NULL,
    "free" BOOLEAN NOT NULL,
    "founded" BOOLEAN NOT NULL,
    "awaits" BOOLEAN NOT NULL,
    "stage" TEXT COLLATE "C" NOT NULL,
    "toSign" INTEGER NOT NULL,
    "toSignSince" BIGINT,
    "waiting" INTEGER NOT NULL,
    "waitingSince" BIGINT,
    "differences" INTEGER NOT NULL,
    "differsSince" BIGINT,
    "openSince" BIGINT,
    "leafIndex" INTEGER NOT NULL,

    CONSTRAINT "Part_pkey" PRIMARY KEY ("consignment","party")
);

-- CreateTable
CREATE TABLE "Handoff" (
    "release" TEXT COLLATE "C" NOT NULL,
    "consignment" TEXT COLLATE "C" NOT NULL,
    "giver" TEXT COLLATE "C" NOT NULL,
    "taker" TEXT COLLATE "C",
    "status" TEXT COLLATE "C" NOT NULL,
    "takenAt" BIGINT,
    "releasedAt" BIGINT NOT NULL,
    "answeredAt" BIGINT,
    "differs" BOOLEAN NOT NULL,

    CONSTRAINT "Handoff_pkey" PRIMARY KEY ("release")
);

-- CreateTable
CREATE TABLE "Signing" (
    "leafIndex" INTEGER NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Signing_pkey" PRIMARY KEY ("leafIndex")
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" TEXT COLLATE "C" NOT NULL,
    "party" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "subject" TEXT COLLATE "C" NOT NULL,
    "event" TEXT COLLATE "C",
    "other" TEXT COLLATE "C",
    "createdAt" BIGINT NOT NULL,
    "addressedAt" BIGINT,

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Delivery" (
    "id" TEXT COLLATE "C" NOT NULL,
    "notice" TEXT COLLATE "C" NOT NULL,
    "userId" TEXT COLLATE "C" NOT NULL,
    "channel" TEXT COLLATE "C" NOT NULL,
    "attempts" INTEGER NOT NULL,
    "dueAt" BIGINT NOT NULL,
    "doneAt" BIGINT,
    "outcome" TEXT COLLATE "C",
    "lastCode" TEXT COLLATE "C",
    "letter" TEXT COLLATE "C",

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NoticeSetting" (
    "userId" TEXT COLLATE "C" NOT NULL,
    "party" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "mail" BOOLEAN NOT NULL,
    "push" BOOLEAN NOT NULL,

    CONSTRAINT "NoticeSetting_pkey" PRIMARY KEY ("userId","party","kind")
);

-- CreateTable
CREATE TABLE "PushSubscription" (
    "endpoint" TEXT COLLATE "C" NOT NULL,
    "userId" TEXT COLLATE "C" NOT NULL,
    "party" TEXT COLLATE "C" NOT NULL,
    "p256dh" TEXT COLLATE "C" NOT NULL,
    "auth" TEXT COLLATE "C" NOT NULL,
    "locale" TEXT COLLATE "C" NOT NULL,
    "createdAt" BIGINT NOT NULL,

    CONSTRAINT "PushSubscription_pkey" PRIMARY KEY ("endpoint")
);

-- CreateTable
CREATE TABLE "Preference" (
    "userId" TEXT COLLATE "C" NOT NULL,
    "locale" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Preference_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "RateLimit" (
    "key" TEXT COLLATE "C" NOT NULL,
    "points" INTEGER NOT NULL,
    "expire" TIMESTAMP(3),

    CONSTRAINT "RateLimit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "RefusalCount" (
    "day" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "RefusalCount_pkey" PRIMARY KEY ("day","code")
);

-- CreateTable
CREATE TABLE "Gs1Key" (
    "path" TEXT COLLATE "C" NOT NULL,
    "consignment" TEXT COLLATE "C" NOT NULL,
    "party" TEXT COLLATE "C" NOT NULL,
    "createdAt" BIGINT NOT NULL,

    CONSTRAINT "Gs1Key_pkey" PRIMARY KEY ("path","consignment")
);

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "email" TEXT COLLATE "C" NOT NULL,
    "emailVerified" BOOLEAN NOT NULL,
    "image" TEXT COLLATE "C",
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT COLLATE "C" NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "token" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "ipAddress" TEXT COLLATE "C",
    "userAgent" TEXT COLLATE "C",
    "userId" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "id" TEXT COLLATE "C" NOT NULL,
    "accountId" TEXT COLLATE "C" NOT NULL,
    "providerId" TEXT COLLATE "C" NOT NULL,
    "userId" TEXT COLLATE "C" NOT NULL,
    "accessToken" TEXT COLLATE "C",
    "refreshToken" TEXT COLLATE "C",
    "idToken" TEXT COLLATE "C",
    "accessTokenExpiresAt" TIMESTAMP(3),
    "refreshTokenExpiresAt" TIMESTAMP(3),
    "scope" TEXT COLLATE "C",
    "password" TEXT COLLATE "C",
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Verification" (
    "id" TEXT COLLATE "C" NOT NULL,
    "identifier" TEXT COLLATE "C" NOT NULL,
    "value" TEXT COLLATE "C" NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Passkey" (
    "id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C",
    "publicKey" TEXT COLLATE "C" NOT NULL,
    "userId" TEXT COLLATE "C" NOT NULL,
    "credentialID" TEXT COLLATE "C" NOT NULL,
    "counter" INTEGER NOT NULL,
    "deviceType" TEXT COLLATE "C" NOT NULL,
    "backedUp" BOOLEAN NOT NULL,
    "transports" TEXT COLLATE "C",
    "createdAt" TIMESTAMP(3),
    "aaguid" TEXT COLLATE "C",

    CONSTRAINT "Passkey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Member" (
    "id" TEXT COLLATE "C" NOT NULL,
    "userId" TEXT COLLATE "C" NOT NULL,
    "party" TEXT COLLATE "C" NOT NULL,
    "role" TEXT COLLATE "C" NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "noticesReadAt" BIGINT,

    CONSTRAINT "Member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" TEXT COLLATE "C" NOT NULL,
    "tokenHash" TEXT COLLATE "C" NOT NULL,
    "party" TEXT COLLATE "C" NOT NULL,
    "role" TEXT COLLATE "C" NOT NULL,
    "note" TEXT COLLATE "C" NOT NULL,
    "email" TEXT COLLATE "C",
    "createdBy" TEXT COLLATE "C" NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "expiresAt" BIGINT NOT NULL,
    "revokedAt" BIGINT,
    "usedAt" BIGINT,
    "usedBy" TEXT COLLATE "C",

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DeviceKey" (
    "key" TEXT COLLATE "C" NOT NULL,
    "publicKey" TEXT COLLATE "C" NOT NULL,
    "party" TEXT COLLATE "C" NOT NULL,
    "userId" TEXT COLLATE "C" NOT NULL,
    "role" TEXT COLLATE "C" NOT NULL,
    "proof" TEXT COLLATE "C" NOT NULL,
    "device" TEXT COLLATE "C" NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "declinedAt" BIGINT,

    CONSTRAINT "DeviceKey_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Carried" (
    "earlier" TEXT COLLATE "C" NOT NULL,
    "party" TEXT COLLATE "C" NOT NULL,
    "nonce" TEXT COLLATE "C" NOT NULL,
    "createdAt" BIGINT NOT NULL,

    CONSTRAINT "Carried_pkey" PRIMARY KEY ("earlier")
);

-- CreateTable
CREATE TABLE "Draft" (
    "reference" TEXT COLLATE "C" NOT NULL,
    "party" TEXT COLLATE "C" NOT NULL,
    "nonce" TEXT COLLATE "C" NOT NULL,
    "content" TEXT COLLATE "C" NOT NULL,
    "createdBy" TEXT COLLATE "C" NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "updatedAt" BIGINT NOT NULL,
    "version" INTEGER NOT NULL,
    "withdrawnAt" BIGINT,
    "importId" TEXT COLLATE "C",
    "importKey" TEXT COLLATE "C",
    "importName" TEXT COLLATE "C",

    CONSTRAINT "Draft_pkey" PRIMARY KEY ("reference")
);

-- CreateIndex
CREATE UNIQUE INDEX "Leaf_subject_seq_key" ON "Leaf"("subject", "seq");

-- CreateIndex
CREATE INDEX "Consignment_leafIndex_idx" ON "Consignment"("leafIndex");

-- CreateIndex
CREATE INDEX "Key_party_idx" ON "Key"("party");

-- CreateIndex
CREATE INDEX "Part_newest_idx" ON "Part"("party", "leafIndex", "stage", "holds", "free", "founded", "awaits", "toSign", "waiting", "differences", "consignment");

-- CreateIndex
CREATE INDEX "Part_oldest_open_idx" ON "Part"("party", "openSince", "leafIndex", "free", "toSign", "toSignSince", "waiting", "waitingSince", "differences", "differsSince");

-- CreateIndex
CREATE INDEX "Handoff_consignment_idx" ON "Handoff"("consignment");

-- CreateIndex
CREATE INDEX "Handoff_given_idx" ON "Handoff"("giver", "releasedAt", "status", "differs", "takenAt", "answeredAt");

-- CreateIndex
CREATE INDEX "Handoff_taken_idx" ON "Handoff"("taker", "answeredAt", "status", "differs");

-- CreateIndex
CREATE INDEX "Signing_key_leafIndex_idx" ON "Signing"("key", "leafIndex");

-- CreateIndex
CREATE INDEX "Notice_party_createdAt_idx" ON "Notice"("party", "createdAt");

-- CreateIndex
CREATE INDEX "Notice_addressedAt_idx" ON "Notice"("addressedAt");

-- CreateIndex
CREATE INDEX "Delivery_doneAt_dueAt_idx" ON "Delivery"("doneAt", "dueAt");

-- CreateIndex
CREATE INDEX "Delivery_userId_doneAt_idx" ON "Delivery"("userId", "doneAt");

-- CreateIndex
CREATE INDEX "PushSubscription_userId_idx" ON "PushSubscription"("userId");

-- CreateIndex
CREATE INDEX "RateLimit_expire_idx" ON "RateLimit"("expire");

-- CreateIndex
CREATE INDEX "Gs1Key_consignment_idx" ON "Gs1Key"("consignment");

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Session_token_key" ON "Session"("token");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "Account_userId_idx" ON "Account"("userId");

-- CreateIndex
CREATE INDEX "Verification_identifier_idx" ON "Verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "Passkey_credentialID_key" ON "Passkey"("credentialID");

-- CreateIndex
CREATE INDEX "Passkey_userId_idx" ON "Passkey"("userId");

-- CreateIndex
CREATE INDEX "Member_party_idx" ON "Member"("party");

-- CreateIndex
CREATE UNIQUE INDEX "Member_userId_party_key" ON "Member"("userId", "party");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_tokenHash_key" ON "Invitation"("tokenHash");

-- CreateIndex
CREATE INDEX "Invitation_party_idx" ON "Invitation"("party");

-- CreateIndex
CREATE INDEX "DeviceKey_party_idx" ON "DeviceKey"("party");

-- CreateIndex
CREATE INDEX "DeviceKey_userId_idx" ON "DeviceKey"("userId");

-- CreateIndex
CREATE INDEX "Draft_party_idx" ON "Draft"("party");

-- CreateIndex
CREATE INDEX "Draft_party_importId_idx" ON "Draft"("party", "importId");

-- CreateIndex
CREATE INDEX "Draft_party_importName_idx" ON "Draft"("party", "importName");

-- CreateIndex
CREATE UNIQUE INDEX "Draft_party_importKey_key" ON "Draft"("party", "importKey");

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Passkey" ADD CONSTRAINT "Passkey_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
