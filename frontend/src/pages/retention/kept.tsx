/** On the page of a record: that it is kept whatever the schedule says; nothing where nothing keeps it. */
import type { KeptRecord } from "../../api/types";
import { dateText, lowerFirst } from "../../lib/format";
import { useResource } from "../../lib/resource";

export default function Kept({ id }: { id: string }) {
  const found = useResource<KeptRecord>(`retention/kept/${id}/`).data.value;
  if (!found || found.kept.length === 0) return null;
  return (
    <div class="govuk-inset-text">
      {found.kept.map(({ reason, since }) => (
        <p key={reason}>
          <strong>This record is kept:</strong> {lowerFirst(reason)}, since {dateText(since)}. It is not deleted until
          two people release it.
        </p>
      ))}
    </div>
  );
}
