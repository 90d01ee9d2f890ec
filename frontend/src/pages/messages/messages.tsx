/** What Alongside has told this person. */
import { useState } from "preact/hooks";
import { newKey, post } from "../../api/client";
import type { Message } from "../../api/types";
import { explain } from "../../lib/explain";
import { labelOf } from "../../lib/navigation";
import { useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Listing } from "../../ui/rows";
import { MessageCards } from "./list";

export default function Messages() {
  const list = useRows<Message>("messages/");
  const [readAt, setReadAt] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string[]>([]);
  const read = (message: Message) => {
    setReadAt((old) => ({ ...old, [message.id]: new Date().toISOString() }));
    post(`messages/${message.id}/read/`, {}, newKey()).catch((error) => {
      setReadAt(({ [message.id]: _, ...others }) => others);
      setProblem(explain(error));
    });
  };
  return (
    <Page title={labelOf("messages", "Messages")}>
      {problem.map((line) => (
        <p key={line} role="alert">
          {line}
        </p>
      ))}
      <Listing list={list} empty={<p>What happens to your referrals and your work is told to you here.</p>}>
        {(rows) => (
          <MessageCards
            rows={rows.map((message) => ({ ...message, read_at: message.read_at ?? readAt[message.id] ?? null }))}
            onRead={read}
          />
        )}
      </Listing>
    </Page>
  );
}
