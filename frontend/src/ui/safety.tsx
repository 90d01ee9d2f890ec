/** What a person who visits must know first: above whatever plans or records a visit. */
import type { SafetyAlert } from "../api/types";
import { dateText } from "../lib/format";
import { Banner } from "./banner";

export function SafetyBanner({ alerts }: { alerts: SafetyAlert[] }) {
  return (
    <>
      {alerts.map((alert) => (
        <Banner key={alert.id} title="Before you visit">
          <ul class="govuk-list govuk-list--bullet">
            {alert.labels.map((label) => (
              <li key={label}>{label}</li>
            ))}
          </ul>
          {alert.note && <p>{alert.note}</p>}
          <p>To be looked at again by {dateText(alert.review_on)}.</p>
        </Banner>
      ))}
    </>
  );
}
