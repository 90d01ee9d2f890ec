/** Certificates: how much was deleted and when, with the proof that nobody has changed them since. */
import type { Certificate } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { useRows } from "../../lib/resource";
import { Cards, Listing } from "../../ui/rows";
import { StateTag } from "../../ui/status";
import { childrenSaid } from "./orders";

export function CertificateList() {
  const list = useRows<Certificate>("certificates/");
  return (
    <Listing list={list} empty={<p>Nothing has been deleted yet.</p>}>
      {(rows) => <Cards rows={rows}>{(row) => <Card row={row} />}</Cards>}
    </Listing>
  );
}

function Card({ row }: { row: Certificate }) {
  return (
    <>
      <p class="app-card__head">
        <a class="app-card__link" href={`/disposals/${row.order_id}`}>
          {row.reference}: {childrenSaid(row.children)}
        </a>
        <StateTag label={row.is_unchanged ? "As it was written" : "Changed since"} />
      </p>
      <p>
        {row.rows} rows and {row.files} files deleted, {dateTimeText(row.at)}
        {row.left > 0 && `. Left: ${childrenSaid(row.left)}`}
      </p>
      <p>
        <a href={`/api/v1/certificates/${row.id}/pdf/`} download>
          Download the certificate {row.reference} (PDF)
        </a>
      </p>
    </>
  );
}
