/** Header, navigation, main and footer around every page. */
import type { ComponentChildren, ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import lazy from "preact-iso/lazy";
import { useLocation } from "preact-iso/router";
import { pathOf } from "../lib/navigation";
import { session } from "../session";
import { Account } from "./account";
import { useMenu } from "./menu";

/** Only the demonstration has it. */
const Filling = lazy(() => import("./filling").then((file) => file.Filling));

export function Shell({ children }: { children: ComponentChildren }) {
  const signedIn = session.value?.signed_in ?? false;
  return (
    <>
      <a href="#main" class="govuk-skip-link">
        Skip to main content
      </a>
      <header>
        <div class="govuk-generic-header app-header">
          <div class="govuk-width-container app-header__row">
            <a href="/" class="govuk-generic-header__homepage-link app-brand">
              <Mark />
              Alongside
            </a>
            {signedIn && <Account />}
          </div>
        </div>
        {signedIn && <Navigation />}
      </header>
      <div class="app-content">
        <div class="govuk-width-container">
          {session.value?.demo && <Filling />}
          <main class="govuk-main-wrapper" id="main" tabIndex={-1}>
            {children}
          </main>
        </div>
      </div>
      <Footer />
      {signedIn && <Watch />}
    </>
  );
}

/** What nobody needs yet does not stand in the way of what the page shows. */
const AFTER_THE_PAGE_MS = 2_000;

/** Fetched while there is a connection: when it is needed there may be none, and nothing typed may be lost for it. */
function Watch() {
  const [Watching, setWatching] = useState<ComponentType | null>(null);
  useEffect(() => {
    const fetching = setTimeout(() => {
      import("./signing/watch").then((file) => setWatching(() => file.default));
    }, AFTER_THE_PAGE_MS);
    return () => clearTimeout(fetching);
  }, []);
  return Watching && <Watching />;
}

/** Two figures side by side: the mark of the service. */
function Mark() {
  return (
    <svg class="app-brand__mark" viewBox="0 0 26 24" width="26" height="24" aria-hidden="true" focusable="false">
      <circle cx="9" cy="4.500" r="4.500" fill="currentColor" />
      <path d="M2 24v-7a7 7 0 0 1 14 0v7z" fill="currentColor" />
      <circle class="app-brand__child" cx="21" cy="11" r="3.200" />
      <path class="app-brand__child" d="M17.500 24v-4.500a3.800 3.800 0 0 1 7.600 0V24z" />
    </svg>
  );
}

function Navigation() {
  const [open, setOpen] = useState(false);
  const { path } = useLocation();
  const close = () => setOpen(false);
  const places = [{ name: "", label: "Home", is_main: true }, ...(session.value?.navigation ?? [])];
  const others = places.filter((place) => !place.is_main);
  return (
    <div class="govuk-service-navigation">
      <div class="govuk-width-container">
        <div class="govuk-service-navigation__container">
          <nav aria-label="Menu" class="govuk-service-navigation__wrapper">
            <button
              type="button"
              class="govuk-service-navigation__toggle app-menu-toggle"
              aria-controls="navigation"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              Menu
            </button>
            <ul class={`govuk-service-navigation__list${open ? "" : " app-menu-closed"}`} id="navigation">
              {places.map((place) => (
                <PlaceItem key={place.name} place={place} path={path} onFollow={close} />
              ))}
              {others.length > 0 && <More places={others} path={path} />}
            </ul>
          </nav>
        </div>
      </div>
    </div>
  );
}

interface Place {
  name: string;
  label: string;
  is_main: boolean;
}

const hrefOf = ({ name }: Place) => (name ? pathOf(name) : "/");

/** A referral is reached from many lists, so its page belongs to none of them; other records have one list. */
const isSection = (href: string) => href !== "/" && href !== "/referrals";

const isAt = (path: string, href: string) => path === href || (isSection(href) && path.startsWith(`${href}/`));

interface ItemProps {
  place: Place;
  path: string;
  onFollow: () => void;
}

/** One place; at a desk, one that is behind “More” is not drawn a second time beside it. */
function PlaceItem({ place, path, onFollow }: ItemProps) {
  const active = isAt(path, hrefOf(place));
  const classes = ["govuk-service-navigation__item"];
  if (active) classes.push("govuk-service-navigation__item--active");
  if (!place.is_main) classes.push("app-narrow-only");
  return (
    <li class={classes.join(" ")}>
      <PlaceLink place={place} path={path} className="govuk-service-navigation__link" onFollow={onFollow} />
    </li>
  );
}

function PlaceLink({ place, path, className, onFollow }: ItemProps & { className: string }) {
  const href = hrefOf(place);
  const active = isAt(path, href);
  const { label } = place;
  return (
    <a class={className} href={href} aria-current={path === href ? "page" : active || undefined} onClick={onFollow}>
      {active ? <strong class="govuk-service-navigation__active-fallback">{label}</strong> : label}
    </a>
  );
}

/** The places that do not stand side by side; on a telephone the menu lists them all and this is not there. */
function More({ places, path }: { places: Place[]; path: string }) {
  const menu = useMenu();
  const active = places.some((place) => isAt(path, hrefOf(place)));
  const close = () => menu.ref.current?.removeAttribute("open");
  return (
    <li
      class={`govuk-service-navigation__item app-wide-only${active ? " govuk-service-navigation__item--active" : ""}`}
    >
      <details class="app-more" {...menu}>
        <summary class="govuk-service-navigation__link app-more__summary">More</summary>
        <ul class="govuk-list app-menu app-more__menu">
          {places.map((place) => (
            <li key={place.name}>
              <PlaceLink place={place} path={path} className="govuk-link app-more__link" onFollow={close} />
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

function Footer() {
  const partnership = session.value?.partnership;
  return (
    <footer class="app-footer">
      <div class="govuk-width-container">
        {partnership && <p>{partnership.name}</p>}
        <p>A child in danger now: call 999.</p>
        <p>
          <a class="govuk-link" href="/privacy" target="_blank" rel="noopener">
            Privacy (opens in a new tab)
          </a>
        </p>
        {session.value?.demo && <p>This is a demonstration. Every person in it is made up.</p>}
      </div>
    </footer>
  );
}
