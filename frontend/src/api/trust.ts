/** The shapes of who may read what and who did, of rights and of how long records are kept, as types.ts has the rest. */
import type { Confirmation, Field, WithOptions } from "./fields";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Visit = Schemas["VisitShape"];
export type LooksForm = Omit<Schemas["LooksFormShape"], "input"> & { input: Field[] };
export type FoundLooks = Schemas["FoundLooksShape"];
export type BreakGlass = Schemas["BreakGlassShape"];
export type BreakGlassDetail = WithOptions<Schemas["BreakGlassDetailShape"]>;
export type BreakGlassForm = Omit<Schemas["BreakGlassFormShape"], "input"> & { input: Field[] };
export type LedgerLine = Schemas["LedgerLineShape"];
export type LedgerForm = Schemas["LedgerFormShape"];
export type Sealing = Omit<Schemas["SealingShape"], "input"> & { input: Field[] };
export type ProposedSeal = Schemas["ProposedSealShape"];
export type RecordToSeal = Schemas["RecordToSealShape"];
export type FoundToSeal = Schemas["FoundToSealShape"];
export type SubjectRequestRow = Schemas["SubjectRequestRowShape"];
export type SubjectRequest = WithOptions<Schemas["SubjectRequestShape"]>;
export type NewSubjectRequest = WithOptions<Schemas["NewSubjectRequestShape"]>;
export type Passage = Schemas["CopiedPassageShape"];
export type PassageForm = Schemas["CopiedPassageFormShape"];
export type GivenCopies = Schemas["GivenCopiesShape"];
export type RectificationRow = Schemas["RectificationRowShape"];
export type Rectification = WithOptions<Schemas["RectificationShape"]>;
export type Unusual = Schemas["UnusualShape"];
export type UnusualDetail = WithOptions<Schemas["UnusualDetailShape"]>;
export type DueChild = Schemas["DueChildShape"];
export type DueRecord = Schemas["DueRecordShape"];
export type RetentionSchedule = Schemas["ScheduleShape"];
export type RetentionForm = WithOptions<Schemas["RetentionFormShape"]>;
export type KeptRecord = Schemas["KeptShape"];
export type HoldRow = Schemas["HoldRowShape"];
export type Hold = Omit<WithOptions<Schemas["HoldShape"]>, "confirmation"> & { confirmation: Confirmation | null };
export type DisposalRow = Schemas["OrderRowShape"];
export type Disposal = Omit<WithOptions<Schemas["OrderShape"]>, "confirmation"> & {
  confirmation: Confirmation | null;
};
export type Certificate = Schemas["CertificateShape"];
export type ConflictRow = Schemas["ConflictOfInterestShape"];
export type ConflictDetail = WithOptions<Schemas["ConflictDetailShape"]>;
export type ConflictForm = Omit<Schemas["ConflictFormShape"], "input"> & { input: Field[] };
export type Disclosure = Schemas["DisclosureShape"];
