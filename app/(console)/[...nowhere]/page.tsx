import { notFound } from "next/navigation";

/** Every address that no other page answers: it is told so inside the console, with the ways on beside it. */
export default function NowherePage(): never {
  notFound();
}
