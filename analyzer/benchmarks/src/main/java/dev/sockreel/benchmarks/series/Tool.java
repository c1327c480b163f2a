package dev.sockreel.benchmarks.series;

/** What is set side by side, in the order of the table. */
enum Tool {
    LIMIT("kernel's limit"),
    ZSTD("`zstd -3`"),
    ZSTD_LONG("`zstd -3 --long=27`"),
    ZSTD_PATCH("`zstd -3 --patch-from`"),
    SS("ss's replay"),
    RECORD("`record --owners never`"),
    RECORD_DEFAULT("`record`"),
    FINDINGS("`findings`"),
    SHOW("`show --snapshot`");

    private final String title;

    Tool(String title) {
        this.title = title;
    }

    /** The name in Markdown. */
    String title() {
        return title;
    }
}
