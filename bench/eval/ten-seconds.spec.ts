import { importConversation } from "#bench/eval/conversation.ts";
import { expect, test } from "#e2e/fixtures.ts";
import { db } from "#lib/db/client.ts";
import { getTheme } from "#lib/relations.ts";
import { makeOperator } from "#prisma/factories.ts";

/** What whoever helps a person has to see at once, where it is known. */
const AT_ONCE = ["where", "work", "people", "animals"];
const SCREEN = { width: 1280, height: 720 };

for (const conversation of [26, 41, 44])
  test(`in ten seconds: what is known of home, work, people and animals stands above the fold (LoCoMo ${conversation})`, async ({
    page,
    signIn,
  }) => {
    const { actor } = await signIn("support");
    const { actor: writer } = await makeOperator("admin", { projectUuid: actor.projectUuid });
    const { userUuid } = await importConversation(writer, conversation);
    const facts = await db().edge.findMany({
      where: { graphUuid: userUuid, sourceUuid: userUuid, invalidAt: null, NOT: { name: "SAID" } },
      select: { name: true, attributes: true, targetUuid: true },
    });
    const nodes = await db().node.findMany({ where: { graphUuid: userUuid }, select: { uuid: true, name: true } });
    const told = facts
      .filter(({ name }) => AT_ONCE.includes(getTheme(name)))
      .map(({ targetUuid, attributes }) =>
        targetUuid === userUuid
          ? String(Object(attributes).value ?? "")
          : (nodes.find(({ uuid }) => uuid === targetUuid)?.name ?? ""),
      );
    expect(told.length, "known of home, work, people and animals").toBeGreaterThan(0);
    await page.setViewportSize(SCREEN);
    await page.goto(`/users/${userUuid}`);
    const remembered = page.getByRole("region", { name: "What is remembered" });
    for (const words of told) {
      const line = remembered.getByText(words).first();
      await expect(line).toBeVisible();
      const box = await line.boundingBox();
      expect((box?.y ?? SCREEN.height) + (box?.height ?? 0), words).toBeLessThanOrEqual(SCREEN.height);
    }
  });
