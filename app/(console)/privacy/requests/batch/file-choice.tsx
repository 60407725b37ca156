import { Button } from "#components/ui/button.tsx";
import { FileDrop } from "#components/ui/file-drop.tsx";
import { ListTable } from "#components/ui/list-table.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { saveFile } from "#components/ui/save-file.ts";
import { Section } from "#components/ui/section.tsx";
import { formatNumber } from "#lib/format.ts";
import { CSV_COLUMNS, MOST_CSV_ROWS } from "#lib/privacy/requests/batch/schema.ts";

/** Where a file is chosen, or dropped, and what has to be in it. */
export function FileChoice({ problem, onChoose }: { problem: string | null; onChoose: (file: File) => void }) {
  const heads = Object.keys(CSV_COLUMNS);
  return (
    <div className="flex flex-col gap-8">
      {problem ? <Notice tone="risk">{`${problem} Nothing was filed.`}</Notice> : null}
      <FileDrop
        label="File of requests"
        words={`Drop a CSV file here, or choose one. Up to ${formatNumber(MOST_CSV_ROWS)} requests.`}
        accept=".csv,text/csv"
        onChoose={([file]) => file && onChoose(file)}
      />
      <Section title="What is in it" about="the first line names the columns, in any order">
        <ListTable label="Columns" heads={["Column", "What it holds"]}>
          {Object.entries(CSV_COLUMNS).map(([name, about]) => (
            <tr key={name}>
              <td className="font-mono text-xs">{name}</td>
              <td>
                <span className="block py-2 whitespace-normal">{about}</span>
              </td>
            </tr>
          ))}
        </ListTable>
      </Section>
      <div>
        <Button onClick={() => saveFile("requests.csv", "text/csv", `${heads.join(",")}\r\n`)}>
          Save an empty file
        </Button>
      </div>
    </div>
  );
}
