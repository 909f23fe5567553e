-- AlterTable
ALTER TABLE "Head" ADD COLUMN "alarm" TEXT;
