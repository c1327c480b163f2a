package dev.sockreel.recorder.help;

import dev.sockreel.build.Build;
import dev.sockreel.capture.CaptureReader;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version, the commit, Java, and the version of the files that are written. */
public final class VersionLines implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return lines(Build.current());
    }

    static String[] lines(Build build) {
        String day = build.date() == null ? "" : " (" + build.date() + ")";
        return new String[] {
            "sockreel " + build.version(),
            "commit   " + (build.commit() == null ? "unknown" : build.commit() + day),
            "java     " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")",
            "format   " + CaptureReader.FORMAT_VERSION
        };
    }
}
