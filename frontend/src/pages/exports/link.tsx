/** The way from a list to its file, for whoever may export it: what the list is narrowed to goes along in the address. */
import { session } from "../../session";

interface ExportLinkProps {
  list: string;
  /** The filters as the export takes them: codes and days, never a name. */
  filters?: URLSearchParams;
}

export function ExportLink({ list, filters }: ExportLinkProps) {
  const may = session.value?.navigation.some(({ name }) => name === "exports");
  if (!may) return null;
  const query = new URLSearchParams([["list", list], ...(filters ?? [])]);
  return (
    <a class="govuk-button govuk-button--secondary" href={`/exports/new?${query}`}>
      Export this list
    </a>
  );
}
