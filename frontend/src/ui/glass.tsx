/** What stands above a record that is read in an emergency: hardly ever there, so its words come when they are needed. */
import lazy from "preact-iso/lazy";

export const GlassBanner = lazy(() => import("../pages/oversight/banner"));
