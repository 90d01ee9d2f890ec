/** Dates and times are kept as typed until they are whole. */
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DateField, readDate, readTime, writeDate } from "../../src/ui/fields/date";
import { field } from "../fields";

afterEach(cleanup);

describe("readTime", () => {
  it.each([
    ["9:30", "09:30"],
    ["9.30am", "09:30"],
    ["0930", "09:30"],
    ["2pm", "14:00"],
    ["12am", "00:00"],
    ["12:15 pm", "12:15"],
    ["25:00", null],
    ["soon", null],
  ])("%s is %s", (typed, time) => {
    expect(readTime(typed)).toBe(time);
  });
});

describe("writeDate", () => {
  it("gives a whole date in the form the API wants", () => {
    expect(writeDate({ day: "1", month: "3", year: "2015", time: "" }, false)).toBe("2015-03-01");
  });

  it("keeps half a date, which reads back into the same boxes", () => {
    const half = writeDate({ day: "1", month: "", year: "2015", time: "" }, false);
    expect(readDate(half, false)).toMatchObject({ day: "1", month: "", year: "2015" });
    expect(writeDate({ day: "", month: "", year: "", time: "" }, false)).toBeNull();
  });

  it("gives a time in London as an instant, and reads it back", () => {
    const instant = writeDate({ day: "1", month: "7", year: "2026", time: "2.30pm" }, true);
    expect(instant).toBe("2026-07-01T13:30:00.000Z");
    expect(readDate(instant, true)).toEqual({ day: "01", month: "07", year: "2026", time: "14:30" });
  });
});

describe("the boxes", () => {
  const born = field({ name: "born", label: "Date of birth", kind: "date" });

  it("do not change under the person's fingers", () => {
    const onChange = vi.fn();
    render(<DateField field={born} name="born" value={null} errors={{}} onChange={onChange} />);
    const day = screen.getByLabelText<HTMLInputElement>("Day");
    fireEvent.input(day, { target: { value: "1" } });
    fireEvent.input(screen.getByLabelText("Month"), { target: { value: "3" } });
    fireEvent.input(screen.getByLabelText("Year"), { target: { value: "2015" } });
    expect(onChange).toHaveBeenLastCalledWith("2015-03-01");
    expect(day.value).toBe("1");
  });

  it("take over a value from another tab", () => {
    const props = { field: born, name: "born", errors: {}, onChange: () => {} };
    const { rerender } = render(<DateField {...props} value="2015-03-01" />);
    rerender(<DateField {...props} value="2014-12-24" />);
    expect(screen.getByLabelText<HTMLInputElement>("Day").value).toBe("24");
  });
});
