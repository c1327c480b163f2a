package dev.sockreel.campaign;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.sockreel.campaign.Campaign.Progress;
import dev.sockreel.campaign.trial.Findings;
import dev.sockreel.campaign.trial.Tally;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The result of a campaign, for people and as JSON ({@code campaign.json}). */
final class Table {
    private static final String ROW = "%-8s %9s %9s %9s %12s %11s %9s%n";

    private final CampaignOptions options;
    private final Map<Kinds, Progress> progress;
    private final Findings findings;

    Table(CampaignOptions options, Map<Kinds, Progress> progress) {
        this.options = options;
        this.progress = progress;
        this.findings = new Findings(options.out().resolve("findings"));
    }

    boolean isClean() {
        return progress.values().stream().allMatch(p -> p.tally.get("findings") == 0);
    }

    String text() throws IOException {
        StringBuilder text = new StringBuilder("seed " + options.seed() + "\n");
        text.append(ROW.formatted("kind", "inputs", "commands", "findings", "worst CPU s", "worst RSS MB", "seconds"));
        progress.forEach((kind, p) -> {
            Tally t = p.tally;
            text.append(p.unavailable != null
                    ? kind.name() + " cannot run here: " + p.unavailable + "\n"
                    : ROW.formatted(kind.name(), t.get("inputs"), t.get("commands"), t.get("findings"),
                            String.format(Locale.ROOT, "%.2f", t.get("maxCpuMs") / 1000.0), t.get("maxRssMb"),
                            p.usedNs / 1_000_000_000));
        });
        progress.forEach((kind, p) -> {
            if (!p.tally.at("maxCpuMs").isEmpty()) {
                text.append("most CPU  ").append(p.tally.at("maxCpuMs")).append('\n');
            }
            if (p.tally.get("kills") > 0) {
                text.append(
                        "%d kills, %d of them when a part began; %d snapshots seen before, %d there after, %d lost%n"
                                .formatted(
                                        p.tally.get("kills"), p.tally.get("killsAtParts"),
                                        p.tally.get("snapshotsBefore"),
                                        p.tally.get("snapshotsAfter"), p.tally.get("snapshotsLost")));
            }
            if (!p.tally.at("maxRssMb").isEmpty()) {
                text.append("most RSS  ").append(p.tally.at("maxRssMb")).append('\n');
            }
        });
        List<String> found = findings.lines();
        text.append(found.isEmpty() ? "no findings\n"
                : "sorts of findings, in " + options.out().resolve("findings") + ":\n");
        found.forEach(f -> text.append("  ").append(f).append('\n'));
        return text.toString();
    }

    /** Writes text and JSON into the folder, so that a campaign that is killed leaves a table, too. */
    void write() throws IOException {
        Files.writeString(options.out().resolve("campaign.txt"), text());
        try (OutputStream out = Files.newOutputStream(options.out().resolve("campaign.json"));
                JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeNumberField("seed", options.seed());
            json.writeArrayFieldStart("kinds");
            for (Map.Entry<Kinds, Progress> e : progress.entrySet()) {
                kind(json, e.getKey(), e.getValue());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("findings");
            for (String line : findings.lines()) {
                json.writeString(line);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void kind(JsonGenerator json, Kinds kind, Progress p) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", kind.name());
        json.writeNumberField("seconds", p.usedNs / 1_000_000_000);
        json.writeStringField("unavailable", p.unavailable);
        for (String name : p.tally.names()) {
            json.writeNumberField(name, p.tally.get(name));
            if (!p.tally.at(name).isEmpty()) {
                json.writeStringField(name + "At", p.tally.at(name));
            }
        }
        json.writeEndObject();
    }
}
