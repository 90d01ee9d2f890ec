/** Messages as cards, unread ones marked in words. */
import type { Message } from "../../api/types";
import { appPath, dateTimeText } from "../../lib/format";
import { Cards } from "../../ui/rows";
import { UrgentTag } from "../../ui/status";

interface Props {
  rows: Message[];
  onRead?: (message: Message) => void;
}

export function MessageCards({ rows, onRead }: Props) {
  return (
    <Cards rows={rows}>
      {(message) => (
        <>
          <p class="app-card__head">
            <Subject message={message} onRead={onRead} />
            {!message.read_at && <strong class="govuk-tag app-tag">New</strong>}
            <UrgentTag urgent={message.urgent} />
          </p>
          <p class="app-lines">{message.body}</p>
          <p class="app-card__foot app-quiet">
            {dateTimeText(message.at)}
            {onRead && !message.read_at && (
              <button type="button" class="app-link-button" onClick={() => onRead(message)}>
                Mark as read<span class="govuk-visually-hidden">: {message.subject}</span>
              </button>
            )}
          </p>
        </>
      )}
    </Cards>
  );
}

function Subject({ message, onRead }: { message: Message; onRead?: (message: Message) => void }) {
  if (!message.url) return <strong>{message.subject}</strong>;
  const follow = () => {
    if (!message.read_at) onRead?.(message);
  };
  return (
    <a class="app-card__link" href={appPath(message.url)} onClick={follow}>
      {message.subject}
    </a>
  );
}
