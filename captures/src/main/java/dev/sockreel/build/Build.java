package dev.sockreel.build;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * This build of sockreel. The build writes {@code build.properties} where it runs in a git clone; without it the commit
 * is not known.
 *
 * @param version as in the pom; {@code (unreleased)} for classes that no build has packed
 * @param commit  short id, with {@code -dirty} where tracked files differed; null if not known
 * @param date    day of the commit (UTC), or null
 */
public record Build(String version, @Nullable String commit, @Nullable String date) {
    private static final Build THIS = of(properties());

    public static Build current() {
        return THIS;
    }

    static Build of(Properties written) {
        String version = written.getProperty("git.build.version");
        String commit = written.getProperty("git.commit.id.abbrev");
        if (version == null) {
            version = Build.class.getPackage().getImplementationVersion();
        }
        boolean dirty = Boolean.parseBoolean(written.getProperty("git.dirty"));
        return new Build(
                version == null ? "(unreleased)" : version,
                commit == null || commit.isEmpty() ? null : commit + (dirty ? "-dirty" : ""),
                written.getProperty("git.commit.time"));
    }

    private static Properties properties() {
        Properties written = new Properties();
        try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                written.load(in);
            }
        } catch (IOException e) {
            written.clear(); // as where there is none
        }
        return written;
    }
}
