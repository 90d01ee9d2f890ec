/** Telephone numbers to call, large enough to press. */
export interface Phone {
  label: string;
  number: string;
}

export const telephone = (number: string): string => `tel:${number.replace(/[^+\d]/g, "")}`;

export function Phones({ phones }: { phones: Phone[] }) {
  return (
    <ul class="govuk-list app-phones">
      {phones.map(({ label, number }) => (
        <li key={label + number}>
          {label}: <a href={telephone(number)}>{number}</a>
        </li>
      ))}
    </ul>
  );
}
